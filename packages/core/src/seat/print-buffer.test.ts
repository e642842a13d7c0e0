import { describe, expect, it } from "vitest";
import { mostPrintFrames, PrintBuffer } from "./print-buffer.js";

function lab() {
  const sent: string[] = [];
  let now = 0;
  const buffer = new PrintBuffer(
    (stream, bytes) => sent.push(`${stream}: ${new TextDecoder().decode(bytes)}`),
    () => now,
  );
  return {
    sent,
    pass: (ms: number) => {
      now += ms;
    },
    flush: () => buffer.flush(),
    print: (content: string, stream: "stdout" | "stderr" = "stdout") =>
      buffer.print(stream, new TextEncoder().encode(content)),
  };
}

describe("what is printed", () => {
  it("goes out at once while it comes slowly", () => {
    const { print, sent, pass } = lab();
    for (let turn = 0; turn < 500; turn++) {
      print("line");
      pass(1);
    }
    expect(sent).toHaveLength(500);
  });

  it("is gathered while it comes too fast, and goes out with what is said next", () => {
    const { print, sent, flush } = lab();
    for (let turn = 0; turn < 150; turn++) print(String(turn % 10));
    expect(sent).toHaveLength(100);
    print("oops", "stderr");
    flush();
    expect(sent.slice(100)).toEqual([`stdout: ${"0123456789".repeat(5)}`, "stderr: oops"]);
    flush();
    expect(sent).toHaveLength(102);
  });

  it("goes out when time has passed", () => {
    const { print, sent, pass } = lab();
    for (let turn = 0; turn < 101; turn++) print("x");
    pass(1);
    print("y");
    expect(sent.at(-1)).toBe("stdout: xy");
  });

  it("goes out when there is a lot of it", () => {
    const { print, sent } = lab();
    for (let turn = 0; turn < 100; turn++) print("x");
    for (let turn = 0; turn < 17; turn++) print("z".repeat(1024));
    expect(sent).toHaveLength(101);
    expect(sent.at(-1)).toHaveLength("stdout: ".length + 16 * 1024);
  });

  it("never comes in more pieces than the host takes", () => {
    for (const [size, pauseMs] of [
      [1, 0],
      [1, 0.01],
      [3000, 0],
      [20_000, 0.1],
    ] as const) {
      const { print, sent, pass } = lab();
      for (let turn = 0; turn < 5000; turn++) {
        print("x".repeat(size), turn % 2 ? "stdout" : "stderr");
        pass(pauseMs);
      }
      expect(sent.length).toBeLessThan(mostPrintFrames(5000 * pauseMs, 5000 * size, 0));
    }
  });
});
