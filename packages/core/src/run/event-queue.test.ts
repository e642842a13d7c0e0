import { describe, expect, it } from "vitest";
import { EventQueue } from "./event-queue.js";
import type { RunEvent } from "./run-event.js";

const stdout = (text: string): RunEvent => ({ type: "stdout", text });
const stderr = (text: string): RunEvent => ({ type: "stderr", text });
const tokens = (callId: number, text: string): RunEvent => ({ type: "tokens", callId, text });
const progress = (fraction: number): RunEvent => ({ type: "progress", fraction, message: "" });
const output = (text: string): RunEvent => ({ type: "output", item: { kind: "text", text } });

function taken(queue: EventQueue): RunEvent[] {
  return Array.from({ length: queue.size }, () => queue.take() ?? expect.fail("there is less than was said"));
}

function queueOf(...events: readonly RunEvent[]): EventQueue {
  const queue = new EventQueue();
  for (const event of events) queue.push(event);
  return queue;
}

describe("events that wait for their consumer", () => {
  it("come in the order in which they happened", () => {
    const events = [stdout("a"), output("1"), stdout("b"), stderr("c"), tokens(1, "d"), progress(0.5)];
    expect(taken(queueOf(...events))).toEqual(events);
  });

  it("are joined where they are of one stream", () => {
    expect(taken(queueOf(stdout("a"), stdout("b"), tokens(1, "c"), tokens(1, "d"), tokens(2, "e")))).toEqual([
      stdout("ab"),
      tokens(1, "cd"),
      tokens(2, "e"),
    ]);
    expect(taken(queueOf(progress(0.1), progress(0.2)))).toEqual([progress(0.2)]);
  });

  it("are not joined with what was taken already", () => {
    const queue = queueOf(stdout("a"), stdout("b"));
    expect(queue.take()).toEqual(stdout("ab"));
    queue.push(stdout("c"));
    expect(taken(queue)).toEqual([stdout("c")]);
  });

  it("stay few however many are pushed, and lose no text", () => {
    const queue = new EventQueue();
    for (let n = 0; n < 100_000; n++) {
      queue.push(stdout("o"));
      queue.push(stderr("e"));
      queue.push(tokens(n % 4, "t"));
      queue.push(progress(n / 100_000));
    }
    expect(queue.size).toBeLessThan(1_100);
    const text = taken(queue)
      .map((event) => ("text" in event ? event.text : ""))
      .join("");
    expect(text).toHaveLength(300_000);
  });

  it("never pass an output or a call, even when very many wait", () => {
    const queue = new EventQueue();
    for (let n = 0; n < 2_000; n++) {
      queue.push(output(String(n)));
      queue.push(stdout(`${n};`));
      queue.push(stderr("x"));
      queue.push(stdout("more;"));
    }
    const order = taken(queue).flatMap((event) => {
      if (event.type === "output" && event.item.kind === "text") return [event.item.text];
      return event.type === "stdout" ? event.text.split(";").filter((piece) => /\d/.test(piece)) : [];
    });
    expect(order).toEqual(Array.from({ length: 4_000 }, (_, n) => String(n >> 1)));
  });

  it("wake whoever waits for them", async () => {
    const queue = new EventQueue();
    const arrival = queue.arrival();
    queue.push(stdout("a"));
    expect(await arrival).toBe(true);
    expect(await queue.arrival()).toBe(true);
    expect(queue.take()).toEqual(stdout("a"));
    expect(queue.take()).toBeUndefined();
  });

  it("wake whoever waits when there will be none", async () => {
    const queue = new EventQueue();
    const arrival = queue.arrival();
    queue.end();
    expect(await arrival).toBe(false);
    expect(await queue.arrival()).toBe(false);
  });
});
