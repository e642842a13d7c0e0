import { readFile } from "node:fs/promises";
import { ForgeError } from "@wasmforge/bridge";
import { createModelRegistry, type Declarations, type ModelRegistry } from "../registry/model-registry.js";

/** A registry from a JSON file of the operator's: `{ "summarizer@2": "llama3.2:latest@sha256:…", … }`. */
export async function readModelRegistry(file: string | URL): Promise<ModelRegistry> {
  return createModelRegistry(await readDeclarations(file));
}

/** What is in such a file, for a registry's `replace`. */
export async function readDeclarations(file: string | URL): Promise<Declarations> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new ForgeError("invalid_options", `model registry: ${file} cannot be read`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ForgeError("invalid_options", `model registry: ${file} is no JSON`, { cause });
  }
}
