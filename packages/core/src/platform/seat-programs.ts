import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ForgeError } from "@wasmforge/bridge";

/**
 * The built file that runs in a seat. It is found by this package's own name: in a bundle of the host app's, nothing lies
 * beside the code any more.
 */
export function seatProgram(kind: "thread" | "process"): string {
  try {
    const { resolve } = createRequire(import.meta.url);
    return join(dirname(resolve("@wasmforge/core/package.json")), "dist", `seat-${kind}.js`);
  } catch (cause) {
    throw new ForgeError(
      "runtime_unavailable",
      "the package @wasmforge/core cannot be found where the program runs: tell your bundler to leave @wasmforge/* alone (`external`)",
      { cause },
    );
  }
}
