/** Takes the initial contents of the memory out of a module, so that instantiating it writes nothing. */

import { concat } from "../src/image/wasm-encoding.js";
import { WasmReader } from "./wasm-reader.js";

export interface Split {
  /** The module without its data. */
  readonly code: Uint8Array<ArrayBuffer>;
  readonly segments: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

const dataSection = 11;
const dataCountSection = 12;
const i32Const = 0x41;
const endOfExpression = 0x0b;

export function splitDataSegments(module: Uint8Array): Split {
  const kept: Uint8Array[] = [module.subarray(0, 8)];
  let segments: Split["segments"] = [];
  const reader = new WasmReader(module, 8);
  while (!reader.atEnd) {
    const start = reader.at;
    const id = reader.byte();
    const end = reader.unsigned() + reader.at;
    if (id === dataSection) segments = readSegments(new WasmReader(module, reader.at));
    else if (id !== dataCountSection) kept.push(module.subarray(start, end));
    reader.at = end;
  }
  return { code: concat(kept), segments };
}

function readSegments(reader: WasmReader): Split["segments"] {
  return Array.from({ length: reader.unsigned() }, () => {
    const flags = reader.unsigned();
    if (flags !== 0 || reader.byte() !== i32Const)
      throw new Error("only plain data segments can be split off");
    const offset = reader.signed() >>> 0;
    if (reader.byte() !== endOfExpression) throw new Error("only plain data segments can be split off");
    return { offset, bytes: reader.take(reader.unsigned()) };
  });
}
