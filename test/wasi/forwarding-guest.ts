/**
 * A WebAssembly module that imports all of preview 1 and exports it again: whoever calls its exports calls the layer as a
 * guest does, through the engine's own conversions, with traps and throws on their way through WebAssembly.
 */
import {
  fn,
  functionType,
  i32,
  i64,
  name,
  op,
  section,
  unsigned,
  vector,
} from "../../packages/python-runtime/src/image/wasm-encoding.js";
import type { WasiFunctions } from "../../packages/python-runtime/src/wasi/functions/signatures.js";
import { type Calls, wasiFunctions } from "./functions.js";

const Section = { TYPE: 1, IMPORT: 2, FUNCTION: 3, EXPORT: 7, CODE: 10 } as const;
const Kind = { FUNCTION: 0, MEMORY: 2 } as const;
const header = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const hasMaximum = 1;

export const memoryPages = { initial: 2, maximum: 64 };

let compiled: WebAssembly.Module | undefined;

export function forwardingGuest(imports: WasiFunctions, memory: WebAssembly.Memory): Calls {
  compiled ??= new WebAssembly.Module(encoded());
  const { exports } = new WebAssembly.Instance(compiled, {
    host: { memory },
    wasi_snapshot_preview1: imports as unknown as WebAssembly.ModuleImports,
  });
  return exports as unknown as Calls;
}

function encoded(): Uint8Array<ArrayBuffer> {
  const types = wasiFunctions.map(({ name: called, parameters }) =>
    functionType(
      parameters.map(({ type }) => (type === "i64" ? i64 : i32)),
      called === "proc_exit" ? [] : [i32],
    ),
  );
  const { initial, maximum } = memoryPages;
  const memory = [
    name("host"),
    name("memory"),
    Uint8Array.of(Kind.MEMORY, hasMaximum),
    unsigned(initial),
    unsigned(maximum),
  ];
  const imports = wasiFunctions.map(({ name: called }, index) => [
    name("wasi_snapshot_preview1"),
    name(called),
    Uint8Array.of(Kind.FUNCTION),
    unsigned(index),
  ]);
  const own = wasiFunctions.length;
  const exported = wasiFunctions.map(({ name: called }, index) => [
    name(called),
    Uint8Array.of(Kind.FUNCTION),
    unsigned(own + index),
  ]);
  const bodies = wasiFunctions.map(({ parameters }, index) =>
    fn([], ...parameters.map((_, parameter) => op.get(parameter)), op.call(index)),
  );
  return new Uint8Array(
    Buffer.concat([
      header,
      section(Section.TYPE, vector(types)),
      section(Section.IMPORT, vector([...imports, memory].map((parts) => Buffer.concat(parts)))),
      section(Section.FUNCTION, vector(wasiFunctions.map((_, index) => unsigned(index)))),
      section(Section.EXPORT, vector(exported.map((parts) => Buffer.concat(parts)))),
      section(Section.CODE, vector(bodies)),
    ]),
  );
}
