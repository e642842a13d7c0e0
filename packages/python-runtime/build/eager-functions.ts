/**
 * Tells an engine which functions the first run of a plugin will call, so that it compiles them beforehand and on other
 * threads. Left alone it compiles each when it is called, on the thread that waits for it.
 *
 * https://github.com/WebAssembly/compilation-hints describes the section as V8 understands it, behind a flag that
 * `tuneEngine()` sets; for every other engine it is a custom section like any, and means nothing.
 */
import { concat, name, op, section, unsigned, vector } from "../src/image/wasm-encoding.js";
import { WasmReader } from "./wasm-reader.js";

const custom = 0;
const codeSection = 10;
const hint = { lazy: 1, eager: 2 };
const store8 = 0x3a;

/** Functions are counted from the first that is not imported. */
export function withEagerFunctions(
  module: Uint8Array,
  isEager: (index: number) => boolean,
): Uint8Array<ArrayBuffer> {
  return editCode(module, (bodies, whole) => {
    const hints = bodies.map((_, index) => Uint8Array.of(isEager(index) ? hint.eager : hint.lazy));
    return concat([section(custom, concat([name("compilationHints"), vector(hints)])), whole]);
  });
}

/** The same module, but each function begins by setting the byte at its number. */
export function withMarkedCalls(module: Uint8Array): Uint8Array<ArrayBuffer> {
  return editCode(module, (bodies) => section(codeSection, vector(bodies.map(marked))));
}

function marked(body: Uint8Array, index: number): Uint8Array {
  const reader = new WasmReader(body, 0);
  for (let groups = reader.unsigned(); groups > 0; groups--) {
    reader.unsigned();
    reader.byte();
  }
  const mark = [op.constant(0), op.constant(1), Uint8Array.of(store8, 0), unsigned(index)];
  const whole = concat([body.subarray(0, reader.at), ...mark, body.subarray(reader.at)]);
  return concat([unsigned(whole.length), whole]);
}

type Edit = (bodies: readonly Uint8Array[], section: Uint8Array) => Uint8Array;

function editCode(module: Uint8Array, edit: Edit): Uint8Array<ArrayBuffer> {
  const reader = new WasmReader(module, 8);
  while (!reader.atEnd) {
    const start = reader.at;
    const id = reader.byte();
    const length = reader.unsigned();
    if (id === codeSection) {
      const bodies = Array.from({ length: reader.unsigned() }, () => reader.take(reader.unsigned()));
      const edited = edit(bodies, module.subarray(start, reader.at));
      return concat([module.subarray(0, start), edited, module.subarray(reader.at)]);
    }
    reader.take(length);
  }
  throw new Error("the module has no code");
}
