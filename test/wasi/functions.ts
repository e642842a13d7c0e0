/** Every function of preview 1, with the names and types of its parameters, as the layer declares them. */
import { readFileSync } from "node:fs";
import type { WasiFunctions } from "../../packages/python-runtime/src/wasi/functions/signatures.js";

export type FunctionName = keyof WasiFunctions;

export interface Parameter {
  readonly name: string;
  readonly type: "i32" | "i64";
}

export interface WasiFunction {
  readonly name: FunctionName;
  readonly parameters: readonly Parameter[];
}

/** As a guest calls them: all that it has are numbers. */
export type Calls = Readonly<Record<FunctionName, (...args: (number | bigint)[]) => number>>;

const source = readFileSync(
  new URL("../../packages/python-runtime/src/wasi/functions/signatures.ts", import.meta.url),
  "utf8",
);

export const wasiFunctions: readonly WasiFunction[] = [
  ...source.matchAll(/^ {2}([a-z_]+)\(([^)]*)\): number;/gm),
].map(([, name = "", parameters = ""]) => ({
  name: name as FunctionName,
  parameters: [...parameters.matchAll(/(\w+): (number|bigint)/g)].map(([, parameter = "", type]) => ({
    name: parameter,
    type: type === "bigint" ? "i64" : "i32",
  })),
}));
