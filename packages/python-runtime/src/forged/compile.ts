import type { ImageFolder } from "../image/load.js";
import type { InstanceLimits } from "../port.js";
import type { ForgedArtifact } from "./artifact.js";

export const wasmPageBytes = 65_536;
const pagesPerMb = (1 << 20) / wasmPageBytes;
const mostPages = 65_536;

export async function compileImage(image: ImageFolder, limits: InstanceLimits): Promise<ForgedArtifact> {
  const { memory, tables } = image.manifest;
  checkMemoryLimit(limits.memoryMb, memory.pages);
  const [code, snapshot, tableBytes, library] = await Promise.all([
    image.read("interpreter.wasm"),
    image.read("snapshot.bin"),
    image.read("tables.bin"),
    image.read("library.bin"),
  ]);
  return {
    runtime: "forged",
    imageHash: image.hash,
    limits,
    module: await WebAssembly.compile(code),
    snapshot: toShared(snapshot),
    tables: toShared(tableBytes),
    library: toShared(library),
    pages: memory.pages,
    stackPointer: memory.stackPointer,
    tableRanges: tables,
  };
}

/** The memory that the guest gets; its maximum is the wall that the guest cannot move. */
export function createGuestMemory({ limits, pages }: ForgedArtifact): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: pages, maximum: Math.floor(limits.memoryMb * pagesPerMb) });
}

function checkMemoryLimit(memoryMb: number, pages: number): void {
  const least = Math.ceil(pages / pagesPerMb);
  if (!(memoryMb >= least && memoryMb * pagesPerMb <= mostPages)) {
    throw new RangeError(`memoryMb must be between ${least} and ${mostPages / pagesPerMb}, not ${memoryMb}`);
  }
}

function toShared(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}
