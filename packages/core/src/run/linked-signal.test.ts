import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { linkSignals } from "./linked-signal.js";

describe("a linked signal", () => {
  it("is aborted with any of those that it follows, for the same reason", () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const { signal } = linkSignals(one.signal, undefined, other.signal);
    expect(signal.aborted).toBe(false);
    other.abort("why");
    expect(signal.reason).toBe("why");
    one.abort("too late");
    expect(signal.reason).toBe("why");
  });

  it("is aborted from the beginning where one was", () => {
    expect(linkSignals(AbortSignal.abort("why")).signal.reason).toBe("why");
  });

  it("is aborted by who linked it, and nobody else with it", () => {
    const app = new AbortController();
    const [linked, other] = [linkSignals(app.signal), linkSignals(app.signal)];
    linked.abort();
    expect([linked.signal, other.signal, app.signal].map(({ aborted }) => aborted)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("costs the signal that it follows one listener among all, and none in the end", () => {
    const app = new AbortController();
    const many = Array.from({ length: 100 }, () => linkSignals(app.signal));
    expect(getEventListeners(app.signal, "abort")).toHaveLength(1);
    for (const { unlink } of many.slice(1)) unlink();
    expect(getEventListeners(app.signal, "abort")).toHaveLength(1);
    app.abort();
    expect(many.map(({ signal }) => signal.aborted)).toEqual([true, ...Array(99).fill(false)]);
    many[0]?.unlink();
    many[0]?.unlink();
    expect(getEventListeners(app.signal, "abort")).toEqual([]);
  });

  it("can be had again after the last one let go", () => {
    const app = new AbortController();
    linkSignals(app.signal).unlink();
    const { signal } = linkSignals(app.signal);
    app.abort();
    expect(signal.aborted).toBe(true);
  });
});
