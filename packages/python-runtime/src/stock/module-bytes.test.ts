import { describe, expect, it } from "vitest";
import { rewriteModule, stackPointerExport } from "./module-bytes.js";

const pageBytes = 65_536;

/** (memory 1) (global (mut i32) (i32.const 1024)) (export "memory" (memory 0)) and a section for debuggers. */
const module = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x05, 0x03, 0x01, 0x00, 0x01],
  ...[0x06, 0x07, 0x01, 0x7f, 0x01, 0x41, 0x80, 0x08, 0x0b],
  ...[0x07, 0x0a, 0x01, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00],
  ...[0x00, 0x04, 0x01, 0x78, 0x01, 0x02],
);

function instantiate(bytes: Uint8Array<ArrayBuffer>) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return {
    memory: exports.memory as WebAssembly.Memory,
    stackPointer: exports[stackPointerExport] as WebAssembly.Global<"i32">,
  };
}

describe("a rewritten module", () => {
  it("has a memory that grows to the cap and no further", () => {
    const { memory } = instantiate(rewriteModule(module, { maxPages: 3, stackPages: 0 }).bytes);
    expect(memory.grow(2)).toBe(1);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });

  it("keeps its stack, and shows where it is", () => {
    const { bytes, stackFloor } = rewriteModule(module, { maxPages: 300, stackPages: 0 });
    expect(instantiate(bytes).stackPointer.value).toBe(1024);
    expect(stackFloor).toBe(0);
  });

  it("gets a new stack behind its memory as it was", () => {
    const { bytes, stackFloor } = rewriteModule(module, { maxPages: 300, stackPages: 128 });
    const { memory, stackPointer } = instantiate(bytes);
    expect(stackFloor).toBe(pageBytes);
    expect(stackPointer.value).toBe(129 * pageBytes);
    expect(memory.buffer.byteLength).toBe(129 * pageBytes);
  });

  it("leaves out what only debuggers read", () => {
    const { bytes } = rewriteModule(module, { maxPages: 3, stackPages: 0 });
    expect(WebAssembly.Module.customSections(new WebAssembly.Module(module), "x")).toHaveLength(1);
    expect(WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "x")).toHaveLength(0);
  });

  it("is not made with less memory than it starts with", () => {
    expect(() => rewriteModule(module, { maxPages: 2, stackPages: 2 })).toThrow(/memoryMb/);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["something else", new TextEncoder().encode("#!/bin/sh\necho hello\n")],
    ["a module without a memory", module.slice(0, 8)],
    ["a shared memory", Uint8Array.of(...module.slice(0, 8), 0x05, 0x04, 0x01, 0x03, 0x01, 0x01)],
    ["two memories", Uint8Array.of(...module.slice(0, 8), 0x05, 0x05, 0x02, 0x00, 0x01, 0x00, 0x01)],
    ["a section without an end", Uint8Array.of(...module.slice(0, 8), 0x05, 0x80, 0x80, 0x80, 0x80, 0x80)],
  ])("is not made of %s", (_, bytes) => {
    expect(() => rewriteModule(bytes, { maxPages: 3, stackPages: 0 })).toThrow(/^python\.wasm /);
  });

  it("is not made of any part of one", () => {
    for (let length = 0; length < module.length - 6; length++) {
      const rewrite = () => rewriteModule(module.slice(0, length), { maxPages: 3, stackPages: 0 }).bytes;
      expect(() => instantiate(rewrite()).memory.grow(1)).toThrow();
    }
  });

  it("asks engines that read hints to compile none of its functions beforehand", () => {
    // (func) (func) (memory 1) (global (mut i32) (i32.const 1024)) (export "memory" (memory 0))
    const withCode = Uint8Array.of(
      ...module.subarray(0, 8),
      ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
      ...[0x03, 0x03, 0x02, 0x00, 0x00],
      ...module.subarray(8, -6),
      ...[0x0a, 0x07, 0x02, 0x02, 0x00, 0x0b, 0x02, 0x00, 0x0b],
    );
    const { bytes } = rewriteModule(withCode, { maxPages: 3, stackPages: 0 });
    const [hints] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "compilationHints");
    expect([...new Uint8Array(hints ?? new ArrayBuffer(0))]).toEqual([2, 1, 1]);
  });
});
