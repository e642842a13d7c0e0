/** Stands in for `platform/seat-programs.ts` in tests, see vitest.config.ts: seats run the sources, too. */
import { join } from "node:path";
import { bundle } from "./bundle.js";

let folder: string | undefined;

export function seatProgram(kind: "thread" | "process"): string {
  folder ??= bundle(["platform/seat-thread", "platform/seat-process"]);
  return join(folder, `seat-${kind}.js`);
}
