import { describe, expect, it } from "vitest";
import { FairQueue } from "./fair-queue.js";

function queueOf(capacity: number, ...items: readonly string[]): FairQueue<string> {
  const queue = new FairQueue<string>(capacity);
  for (const item of items) expect(queue.add(tenantOf(item), item)).toBeUndefined();
  return queue;
}

/** "a1" is tenant a's first. */
const tenantOf = (item: string) => item.slice(0, 1);
const rest = (queue: FairQueue<string>) => [...queue.drain()].join(" ");

describe("a fair queue", () => {
  it("gives a tenant's items back in the order in which they came", () => {
    expect(rest(queueOf(9, "a1", "a2", "a3"))).toBe("a1 a2 a3");
  });

  it("gives each tenant its turn, however much one of them has in it", () => {
    expect(rest(queueOf(9, "a1", "a2", "a3", "a4", "b1", "c1", "b2"))).toBe("a1 b1 c1 a2 b2 a3 a4");
  });

  it("gives a newcomer its turn after those who wait already", () => {
    const queue = queueOf(9, "a1", "a2", "b1", "b2");
    expect(queue.take()).toBe("a1");
    queue.add("c", "c1");
    expect(rest(queue)).toBe("b1 a2 c1 b2");
  });

  it("passes over tenants that may not go, who keep their turn", () => {
    const queue = queueOf(9, "a1", "b1", "a2");
    expect(queue.take((tenant) => tenant !== "a")).toBe("b1");
    expect(queue.take((tenant) => tenant !== "a")).toBeUndefined();
    expect(rest(queue)).toBe("a1 a2");
  });

  it("forgets what is deleted, and counts", () => {
    const queue = queueOf(9, "a1", "a2", "b1");
    queue.delete("a", "a1");
    queue.delete("a", "a1");
    queue.delete("x", "x1");
    expect(queue.size).toBe(2);
    expect(rest(queue)).toBe("a2 b1");
    expect(queue.size).toBe(0);
  });
});

describe("a queue that is full", () => {
  it("refuses a tenant that has the most in it", () => {
    const queue = queueOf(3, "a1", "a2", "b1");
    expect(queue.add("a", "a3")).toBe("a3");
    expect(rest(queue)).toBe("a1 b1 a2");
  });

  it("makes room for one that has less, at the expense of the youngest of who has the most", () => {
    const queue = queueOf(4, "a1", "a2", "a3", "b1");
    expect(queue.add("c", "c1")).toBe("a3");
    expect(queue.add("b", "b2")).toBe("b2");
    expect(rest(queue)).toBe("a1 b1 c1 a2");
  });

  it("lets no tenant take more than its share from others, however many it asks for", () => {
    const queue = new FairQueue<string>(100);
    for (let n = 0; n < 1000; n++) queue.add("a", `a${n}`);
    for (let n = 0; n < 1000; n++) queue.add("b", `b${n}`);
    const left = [...queue.drain()];
    expect(left.filter((item) => tenantOf(item) === "a")).toHaveLength(50);
    expect(left).toHaveLength(100);
  });

  it("of no length takes nothing", () => {
    expect(new FairQueue<string>(0).add("a", "a1")).toBe("a1");
  });
});
