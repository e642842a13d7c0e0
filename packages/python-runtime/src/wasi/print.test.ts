import { describe, expect, it } from "vitest";
import { StopRun } from "../port.js";
import { cappedPrint } from "./print.js";

function capped(limit: number) {
  const got = { stdout: "", stderr: "" };
  const print = cappedPrint(limit, (stream, chunk) => {
    got[stream] += new TextDecoder().decode(chunk);
  });
  return {
    got,
    print: (stream: "stdout" | "stderr", text: string) => print(stream, new TextEncoder().encode(text)),
  };
}

describe("a capped print", () => {
  it("delivers up to the cap and goes on while it is not passed", () => {
    const { got, print } = capped(6);
    print("stdout", "abc");
    print("stdout", "def");
    print("stdout", "");
    expect(got.stdout).toBe("abcdef");
  });

  it("delivers exactly the bytes up to the cap before it stops the run", () => {
    const { got, print } = capped(6);
    print("stdout", "abcd");
    expect(() => print("stdout", "efgh")).toThrow(new StopRun("output"));
    expect(got.stdout).toBe("abcdef");
  });

  it("delivers nothing more to a guest that goes on regardless", () => {
    const { got, print } = capped(2);
    expect(() => print("stdout", "abc")).toThrow(StopRun);
    expect(() => print("stdout", "d")).toThrow(StopRun);
    expect(got.stdout).toBe("ab");
  });

  it("counts each stream by itself", () => {
    const { got, print } = capped(3);
    print("stdout", "abc");
    print("stderr", "def");
    expect(() => print("stderr", "g")).toThrow(StopRun);
    expect(got).toEqual({ stdout: "abc", stderr: "def" });
  });
});
