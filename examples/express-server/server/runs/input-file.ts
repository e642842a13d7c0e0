import type { RunOptions } from "@wasmforge/core";

type InputFile = NonNullable<RunOptions["file"]>;

const dataUrl = /^data:([\w.+-]{1,100}\/[\w.+-]{1,100})(?:;[\w=.+-]{1,100}){0,3};base64,/;
/** The longest head that the form above allows, with room. */
const maxHeadChars = 1_000;

/**
 * Plugins get files as text: an image as a data URL, as in the first WasmForge. Such a one is also handed over as what it
 * is, for `get_file()`.
 */
export function toInputFile(input: string, name: string | undefined): InputFile | undefined {
  const head = dataUrl.exec(input.slice(0, maxHeadChars));
  if (head?.[1] === undefined) return undefined;
  const bytes = Buffer.from(input.slice(head[0].length), "base64");
  return { name: name ?? "input", mediaType: head[1], bytes };
}
