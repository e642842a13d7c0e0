import { readdirSync, readFileSync } from "node:fs";
import type { Program } from "./program.js";

const folder = new URL("programs/", import.meta.url);

/** Programs that were written by hand, each about one part of the language or the library. */
export function collectedPrograms(): readonly Program[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".py"))
    .sort()
    .map((file) => ({ name: file, source: readFileSync(new URL(file, folder), "utf8") }));
}
