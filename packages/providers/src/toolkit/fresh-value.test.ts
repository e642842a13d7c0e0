import { ProviderError } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { createFreshValue } from "./fresh-value.js";
import { createManualClock } from "./test/manual-clock.js";

const { signal } = new AbortController();

function counted(load: (count: number, signal: AbortSignal) => Promise<number> = async (count) => count) {
  const clock = createManualClock();
  let count = 0;
  const value = createFreshValue({
    load: (loadSignal) => load(++count, loadSignal),
    keepMs: 100,
    timeoutMs: 1000,
    clock,
  });
  return { clock, value, loads: () => count };
}

describe("a fresh value", () => {
  it("is asked for once by all who want it at the same time", async () => {
    const { value, loads } = counted();
    expect(await Promise.all([value.get(signal), value.get(signal)])).toEqual([1, 1]);
    expect(loads()).toBe(1);
  });

  it("is kept for a moment and not longer", async () => {
    const { value, clock } = counted();
    await value.get(signal);
    clock.advance(99);
    expect(await value.get(signal)).toBe(1);
    clock.advance(1);
    expect(value.peek()).toBeUndefined();
    expect(await value.get(signal)).toBe(2);
  });

  it("is never an error from before", async () => {
    const { value } = counted(async (count) => {
      if (count === 1) {
        throw new ProviderError("unavailable", "down");
      }
      return count;
    });
    await expect(value.get(signal)).rejects.toMatchObject({ code: "unavailable" });
    expect(await value.get(signal)).toBe(2);
  });

  it("is not kept where it is nothing to go by", async () => {
    let count = 0;
    const value = createFreshValue({
      load: async () => ++count,
      keepMs: 100,
      isKept: (loaded) => loaded > 1,
      timeoutMs: 1000,
      clock: createManualClock(),
    });
    expect(await value.get(signal)).toBe(1);
    expect(await value.get(signal)).toBe(2);
    expect(await value.get(signal)).toBe(2);
  });

  it("does not come back after it was forgotten while it was on its way", async () => {
    const answers: ((value: number) => void)[] = [];
    const { value } = counted(() => new Promise((resolve) => answers.push(resolve)));
    const old = value.get(signal);
    value.forget();
    const next = value.get(signal);
    answers[0]?.(1);
    expect(await old).toBe(1);
    expect(value.peek()).toBeUndefined();
    answers[1]?.(2);
    expect(await next).toBe(2);
    expect(value.peek()).toBe(2);
  });

  it("goes on being asked for when whoever asked first leaves", async () => {
    const leaving = new AbortController();
    let answer = (_: number) => {};
    const { value, loads } = counted(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const first = value.get(leaving.signal);
    const second = value.get(signal);
    leaving.abort();
    await expect(first).rejects.toMatchObject({ code: "aborted" });
    answer(7);
    expect(await second).toBe(7);
    expect(loads()).toBe(1);
  });

  it("is given up after its time, and when it is closed; no timer is left", async () => {
    const { value, clock } = counted(() => new Promise(() => {}));
    const late = value.get(signal);
    clock.advance(1000);
    await expect(late).rejects.toMatchObject({ code: "timeout" });
    const cut = value.get(signal);
    value.close(new ProviderError("unavailable", "closed"));
    await expect(cut).rejects.toMatchObject({ code: "unavailable" });
    expect(clock.pending()).toBe(0);
  });
});
