import type { ImageFolder } from "../image/load.js";
import { wasmPageBytes } from "../image/memory-image.js";
import type { Platform } from "../platform/platform.js";
import type { InstanceLimits } from "../port.js";
import type { ForgedArtifact } from "./artifact.js";
import { shareLibrary } from "./shared-library.js";

const pagesPerMb = (1 << 20) / wasmPageBytes;
/** A page less than WebAssembly allows: the end of the memory must be an address, too. */
const mostPages = 65_535;

export async function compileImage(
  platform: Platform,
  image: ImageFolder,
  limits: InstanceLimits,
): Promise<ForgedArtifact> {
  const { memory, tables } = image.manifest;
  checkMemoryLimit(limits.memoryMb, memory.pages);
  const [module, restorer] = await image.compile("interpreter.wasm", "snapshot.wasm");
  const library = await shareLibrary(platform, image);
  const imageHash = await image.hash();
  const { pages, stackPointer } = memory;
  return { runtime: "forged", imageHash, limits, module, restorer, library, tables, pages, stackPointer };
}

/** The memory that the guest gets; its maximum is the wall that the guest cannot move. */
export function createGuestMemory({ limits, pages }: ForgedArtifact): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: pages, maximum: maxPages(limits) });
}

export function maxPages({ memoryMb }: InstanceLimits): number {
  return Math.floor(memoryMb * pagesPerMb);
}

function checkMemoryLimit(memoryMb: number, pages: number): void {
  const least = Math.ceil(pages / pagesPerMb);
  if (!(memoryMb >= least && memoryMb * pagesPerMb <= mostPages)) {
    throw new RangeError(
      `memoryMb must be between ${least} and ${Math.floor(mostPages / pagesPerMb)}, not ${memoryMb}`,
    );
  }
}
