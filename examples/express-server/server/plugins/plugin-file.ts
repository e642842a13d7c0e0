import { Problem } from "../problem.js";
import { toPluginName } from "./plugin-name.js";

export const maxPluginBytes = 1_000_000;

/** What somebody uploads as a plugin. */
export interface PluginFile {
  readonly name: string;
  readonly code: string;
}

export function parsePluginFile(fileName: string, bytes: Uint8Array): PluginFile {
  if (!/\.py$/i.test(fileName))
    throw new Problem("invalid", "The file must be Python: a name that ends in .py.");
  const name = toPluginName(fileName);
  if (name === undefined) {
    throw new Problem(
      "invalid",
      "The file's name cannot be a plugin's: use letters, digits, - and _, at most 100 of them, before .py.",
    );
  }
  return { name, code: decode(bytes) };
}

function decode(bytes: Uint8Array): string {
  let code: string;
  try {
    code = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("invalid", "The file must be text in UTF-8.");
  }
  if (code.includes("\0")) throw new Problem("invalid", "The file must be text: there is a zero byte in it.");
  return code;
}
