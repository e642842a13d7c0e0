/** What a run can pull from its host by name; see `_forge.supply` in the guest's run loop. */
import { toTextBytes } from "@wasmforge/bridge/text";
import type { RunRequest } from "./port.js";

export type Supplies = (name: string) => Uint8Array | undefined;

/**
 * Which `__main__` a run gets. `kept`: the one that is in this memory, of which there may be others, such as those that
 * were woken from the same bytes. `continued`: the run before was in this memory, too. `none`: the plugin is not to be
 * run but compiled, and its code is the report.
 */
export type MainModule = "new" | "kept" | "continued" | "none";

const byteOrderMark = 0xfeff;
const moduleName = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** Throws a `TypeError` for a request that cannot be. */
export function suppliesOf(request: RunRequest, main: MainModule = "new", code?: Uint8Array): Supplies {
  const { source, fileName, input, inputFile, imports } = request;
  const isText = typeof source === "string";
  // One answer for everything that is short: each costs the guest two calls. The file's name may be any text.
  const run = [
    isText ? "utf-8" : "",
    imports ? namesIn(imports.allow) : "*",
    main,
    code ? "compiled" : "",
    fileName,
  ].join("\0");
  return (name) => {
    switch (name) {
      case "run":
        return toTextBytes(run);
      case "source":
        return toBytes(isText && source.charCodeAt(0) === byteOrderMark ? source.slice(1) : source);
      case "code":
        return code;
      case "input":
        return toBytes(input);
      case "input-file":
        return inputFile?.bytes;
      case "input-file-info":
        return (
          inputFile && toTextBytes(JSON.stringify({ name: inputFile.name, media_type: inputFile.mediaType }))
        );
      default:
        return undefined;
    }
  };
}

function namesIn(allowed: readonly string[]): string {
  const wrong = allowed.find((name) => !moduleName.test(name));
  if (wrong !== undefined) {
    throw new TypeError(
      `imports.allow must have names of top-level modules, such as "json": ${JSON.stringify(wrong)} is none`,
    );
  }
  return allowed.join(" ");
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? toTextBytes(content) : content;
}
