/** What lies in an image's folder, and modules that are rewritten. */

import { jsonWords } from "../../../packages/bridge/src/test/guest-messages.js";
import { ImageError } from "../../../packages/python-runtime/src/image/image-error.js";
import { openImageFolder } from "../../../packages/python-runtime/src/image/load.js";
import {
  encodeMemoryImage,
  parseMemoryImage,
} from "../../../packages/python-runtime/src/image/memory-image.js";
import { node } from "../../../packages/python-runtime/src/platform/node.js";
import { ModuleError, rewriteModule } from "../../../packages/python-runtime/src/stock/module-bytes.js";
import { assert } from "../assert.js";
import { bytesTarget } from "../target.js";

const file = { sha256: "0".repeat(64), bytes: 10 };
const manifest = {
  format: 2,
  python: "3.13.5",
  recipe: "1".repeat(64),
  files: { "interpreter.wasm": file, "snapshot.wasm": file, "library.bin": file, "boot.bin": file },
  memory: { pages: 100, bootPages: 96, stackPointer: 1_048_576 },
  tables: [{ start: 4_096, end: 8_192 }],
  preload: ["json", "re"],
  hashSeed: 0,
  inputs: { a: "b" },
  tools: {},
  licences: {},
  fixes: { a: ["b"] },
};

export const manifestTarget = bytesTarget({
  name: "manifest",
  about: "An image's manifest describes an image whose numbers can be, or is an ImageError.",
  reaches: /\/packages\/python-runtime\/src\/image\//,
  words: [
    ...jsonWords,
    ...Object.keys(manifest).map((field) => `"${field}":`),
    '"sha256":',
    "4294967296",
    "65537",
  ],
  seeds: () => [new TextEncoder().encode(JSON.stringify(manifest))],
  open: async () => ({
    async check(input) {
      const bytes = new Uint8Array(input);
      const platform = {
        ...node,
        readFile: async (at: URL) => (/manifest/.test(at.href) ? bytes : new Uint8Array(10)),
      };
      try {
        const image = await openImageFolder(platform, new URL("file:///image/"));
        const { pages, bootPages, stackPointer } = image.manifest.memory;
        const isPossible = [pages, bootPages, stackPointer].every(
          (number) => Number.isInteger(number) && number >= 0,
        );
        assert(isPossible && pages <= 65_536, "the image has an impossible memory");
        await image.read("library.bin");
        assert(false, "a file was believed that has another hash");
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
      }
    },
    close() {},
  }),
});

const memoryBytes = 65_536;
const page = (filling: number) => new Uint8Array(4_096).fill(filling);

export const memoryImageTarget = bytesTarget({
  name: "memory-image",
  about: "A memory image is extents inside of its memory, one after the other, or a RangeError.",
  reaches: /\/packages\/python-runtime\/src\/image\//,
  words: [new Uint8Array(4), new Uint8Array(8), Uint8Array.of(0, 16, 0, 0)],
  seeds: () => [
    encodeMemoryImage([]),
    encodeMemoryImage([{ offset: 0, bytes: page(1) }]),
    encodeMemoryImage([
      { offset: 4_096, bytes: page(2) },
      { offset: 61_440, bytes: page(3) },
    ]),
  ],
  open: async () => ({
    check(input) {
      try {
        let end = 0;
        for (const { offset, bytes } of parseMemoryImage(input, memoryBytes)) {
          assert(offset >= end && offset + bytes.length <= memoryBytes, "an extent lies where none can");
          end = offset + bytes.length;
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    },
    close() {},
  }),
});

/** One memory, a stack pointer, an export, a function. */
const module = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[3, 2, 1, 0],
  ...[5, 4, 1, 1, 1, 4],
  ...[6, 7, 1, 0x7f, 1, 0x41, 0x80, 0x01, 0x0b],
  ...[7, 5, 1, 1, 0x66, 0, 0],
  ...[10, 4, 1, 2, 0, 0x0b],
  ...[0, 5, 4, 0x6e, 0x61, 0x6d, 0x65],
);

export const moduleTarget = bytesTarget({
  name: "module",
  about:
    "A module is rewritten to one whose memory is capped, as far as the engine takes it, or is a ModuleError.",
  reaches: /\/packages\/python-runtime\/src\/stock\//,
  words: [
    Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f),
    Uint8Array.of(0x80, 0x80, 0),
    module.slice(0, 8),
    module.slice(8),
  ],
  seeds: () => [module, module.slice(0, 8)],
  open: async () => ({
    check(input) {
      let rewritten: Uint8Array<ArrayBuffer>;
      try {
        rewritten = rewriteModule(input, { maxPages: 32, stackPages: 2 }).bytes;
      } catch (error) {
        if (!(error instanceof ModuleError)) throw error;
        return;
      }
      assert(rewritten.length < input.length * 3 + 1_000, "a module has grown beyond reason");
      if (!WebAssembly.validate(rewritten)) return;
      const { exports } = WebAssembly.Module.imports(new WebAssembly.Module(rewritten)).length
        ? { exports: {} }
        : new WebAssembly.Instance(new WebAssembly.Module(rewritten));
      for (const memory of Object.values(exports).filter((one) => one instanceof WebAssembly.Memory)) {
        assert(growsTo(memory) <= 32, "the memory has no cap");
      }
    },
    close() {},
  }),
});

function growsTo(memory: WebAssembly.Memory): number {
  try {
    memory.grow(33);
  } catch {
    // As it should.
  }
  return memory.buffer.byteLength / 65_536;
}
