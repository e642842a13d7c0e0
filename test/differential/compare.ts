/**
 * What differs by design is in no program, as the guide tells of it: the numbers of system errors, and with them messages
 * that quote one; what does not fit a machine's word; the order of sets of texts; the last digit of what the C library
 * computes (`sin`, `exp` …) or how it writes years before 1000; and what Debian's Python has mended since the release that the image is built from. Addresses
 * in messages are made the same here.
 */
import { isDeepStrictEqual } from "node:util";
import { runNative } from "./native.js";
import type { Program, Result } from "./program.js";
import { runInSandbox } from "./sandbox.js";

export interface Difference {
  readonly program: Program;
  readonly native: Result;
  readonly sandbox: Result;
}

/** Programs of which not the same comes in both. */
export async function compare(python: string, programs: readonly Program[]): Promise<readonly Difference[]> {
  const [native, sandbox] = await Promise.all([runNative(python, programs), runInSandbox(programs)]);
  return programs.flatMap((program, index) => {
    const [one, other] = [native[index], sandbox[index]];
    if (one === undefined || other === undefined) throw new Error(`${program.name} was not run`);
    const isSame = isDeepStrictEqual(withoutAddresses(one), withoutAddresses(other));
    return isSame ? [] : [{ program, native: one, sandbox: other }];
  });
}

function withoutAddresses(result: Result): unknown {
  return JSON.parse(JSON.stringify(result).replaceAll(/\bat 0x[0-9a-f]+/g, "at an address"));
}

/** The first lines that differ, and how to see the whole of it. */
export function describeDifference({ program, native, sandbox }: Difference): string {
  const [one, other] = [linesOf(native), linesOf(sandbox)];
  const at = one.findIndex((line, index) => line !== other[index]);
  const from = at === -1 ? one.length : at;
  const show = (lines: readonly string[]) => lines.slice(from, from + 3).join("\n    ") || "(nothing more)";
  return `${program.name}, line ${from + 1} of its output
  native:  ${show(one)}
  sandbox: ${show(other)}`;
}

function linesOf({ stdout, error }: Result): readonly string[] {
  return [...stdout.split("\n"), ...(error ? [`raised ${JSON.stringify(error)}`] : [])];
}
