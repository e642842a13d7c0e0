import { readdirSync, readFileSync } from "node:fs";
import type { Program } from "./program.js";

const folder = new URL("programs/", import.meta.url);
const failing = new URL("failing-programs.txt", import.meta.url);

/** Programs that were written by hand, each about one part of the language or the library. */
export function collectedPrograms(): readonly Program[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".py"))
    .sort()
    .map((file) => ({ name: file, source: readFileSync(new URL(file, folder), "utf8") }));
}

/** Programs of a few lines each of which raises, in the compiler, in C, in a class, a task, a hook, or with a liar for an error. */
export function failingPrograms(): readonly Program[] {
  return readFileSync(failing, "utf8")
    .split("\n----\n")
    .map((source, index) => ({ name: `failing program ${index + 1}`, source }));
}
