/**
 * Inputs that are kept: in `corpus/` those that once did what no input may do, for good; in the cache what reached
 * something new, so that the next fuzzing goes on from there.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Target } from "./target.js";

const corpus = fileURLToPath(new URL("corpus", import.meta.url));
const cache = fileURLToPath(new URL("../../.cache/fuzz", import.meta.url));

export interface KeptInput {
  readonly name: string;
  readonly input: Uint8Array;
}

/** What was found before, which must not come back. */
export function readCases(target: Target): readonly KeptInput[] {
  return read(path.join(corpus, target.name));
}

export function readCache(target: Target): readonly Uint8Array[] {
  return read(path.join(cache, target.name)).map(({ input }) => input);
}

export function writeCache(target: Target, inputs: readonly Uint8Array[]): void {
  for (const input of inputs) write(path.join(cache, target.name), nameOf(target, input), input);
}

/** Where the input was put, as a path below the repository. */
export function writeCase(target: Target, input: Uint8Array): string {
  const file = write(path.join(corpus, target.name), nameOf(target, input), input);
  return path.relative(path.join(corpus, "../../.."), file);
}

function read(folder: string): readonly KeptInput[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(bin|json)$/.test(name))
    .sort()
    .map((name) => ({ name, input: new Uint8Array(readFileSync(path.join(folder, name))) }));
}

function write(folder: string, name: string, input: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, input);
  return file;
}

function nameOf({ kind }: Target, input: Uint8Array): string {
  const hash = createHash("sha256").update(input).digest("hex").slice(0, 12);
  return `${hash}.${kind === "bytes" ? "bin" : "json"}`;
}
