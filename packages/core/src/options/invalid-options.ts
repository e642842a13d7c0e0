import { ForgeError } from "@wasmforge/bridge";

/** For what a host gave and what cannot be. The message names the field, and says what it must be. */
export function invalidOptions(message: string): ForgeError {
  return new ForgeError("invalid_options", message);
}
