import { describe, expect, it } from "vitest";
import type { RunEnd } from "../port.js";
import { endFrom, Reported } from "./ending.js";

const raised = (type: string, message: string): RunEnd => ({
  kind: "raised",
  error: { type, message, traceback: "" },
});
const lost = raised("SystemError", "<built-in function exec> returned NULL without setting an exception");
const told = (end: RunEnd, isOutOfMemory: boolean) =>
  endFrom(new Reported(end), { hostFault: undefined, isOutOfStack: false, isOutOfMemory });

describe("the end that a stock interpreter reports", () => {
  it("is memory's when the interpreter lost the exception and its memory is used up", () => {
    expect(told(lost, true)).toEqual({ kind: "stopped", reason: "memory" });
  });

  it.each([
    ["it had memory left", lost, false],
    ["it says which exception it was", raised("MemoryError", ""), true],
    ["the plugin raised a SystemError of its own", raised("SystemError", "mine"), true],
    ["the plugin completed", { kind: "completed" } as const, true],
  ])("is taken as told when %s", (_, end, isOutOfMemory) => {
    expect(told(end, isOutOfMemory)).toEqual(end);
  });
});
