import type { ForgeOptions } from "../forge/forge-options.js";
import type { Terminal } from "./terminal.js";

/** A Forge that lives for one plugin: nobody comes after it whom exercised or spare seats would serve. */
export function onePlugin(terminal: Terminal): Pick<ForgeOptions, "seats" | "pool" | "telemetry" | "warn"> {
  return {
    seats: 1,
    pool: { spares: 0, warmUpMs: 0 },
    telemetry: false,
    warn: (line) => terminal.stderr.write(`${line}\n`),
  };
}
