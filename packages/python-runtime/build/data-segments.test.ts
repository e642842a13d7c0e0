import { describe, expect, it } from "vitest";
import { concat, fn, i32, name, op, section, unsigned, vector } from "../src/image/wasm-encoding.js";
import { splitDataSegments } from "./data-segments.js";

const header = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const active = (offset: number, bytes: readonly number[]) =>
  concat([Uint8Array.of(0x00), op.constant(offset), op.end, unsigned(bytes.length), Uint8Array.from(bytes)]);

/** A module that exports its memory and a function that gives 7. */
function moduleWith(segments: readonly Uint8Array[]): Uint8Array {
  return concat([
    header,
    section(1, vector([Uint8Array.of(0x60, 0, 1, i32)])),
    section(3, vector([unsigned(0)])),
    section(5, vector([Uint8Array.of(0x00, 1)])),
    section(
      7,
      vector([concat([name("m"), Uint8Array.of(0x02, 0)]), concat([name("f"), Uint8Array.of(0x00, 0)])]),
    ),
    section(12, unsigned(segments.length)),
    section(10, vector([fn([], op.constant(7))])),
    section(11, vector(segments)),
  ]);
}

describe("splitting a module's data off", () => {
  it("gives the segments, and a module that writes nothing", async () => {
    const { code, segments } = splitDataSegments(moduleWith([active(8, [1, 2, 3]), active(40_000, [4])]));
    expect(segments.map(({ offset, bytes }) => [offset, [...bytes]])).toEqual([
      [8, [1, 2, 3]],
      [40_000, [4]],
    ]);
    const { m, f } = new WebAssembly.Instance(await WebAssembly.compile(code)).exports as {
      m: WebAssembly.Memory;
      f: () => number;
    };
    expect(new Uint8Array(m.buffer).every((byte) => byte === 0)).toBe(true);
    expect(f()).toBe(7);
  });

  it("refuses what it would get wrong", () => {
    const passive = concat([Uint8Array.of(0x01), unsigned(1), Uint8Array.of(9)]);
    expect(() => splitDataSegments(moduleWith([passive]))).toThrow("plain data segments");
  });

  it("refuses a module that is cut off", () => {
    const whole = moduleWith([active(8, [1, 2, 3])]);
    expect(() => splitDataSegments(whole.subarray(0, whole.length - 3))).toThrow();
  });
});
