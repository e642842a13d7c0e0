import type { Platform } from "../platform/platform.js";

/** What the stock runtime needs from where it runs. */
export interface StockPlatform extends Pick<Platform, "powers" | "sha256"> {
  /** A stock `python.wasm`: a WASI command, CPython 3.12 or newer, with its standard library inside. */
  readInterpreter(): Promise<Uint8Array<ArrayBuffer>>;
  readGuestFile(name: GuestFileName): Promise<Uint8Array<ArrayBuffer>>;
}

/** What the interpreter finds in its folder `/forge`. */
export const guestFileNames = [
  "_forge.py",
  "_forge_run.py",
  "_forge_start.py",
  "_sdk_async.py",
  "_sdk_input.py",
  "_sdk_output.py",
  "_sdk_requests.py",
  "_sdk_tickets.py",
  "_sdk_tools.py",
  "asyncio_unix_events.py",
  "platform_sdk.py",
] as const;

export type GuestFileName = (typeof guestFileNames)[number];
