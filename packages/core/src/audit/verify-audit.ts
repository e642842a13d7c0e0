import { openLine } from "./audit-line.js";

/** Whether a chain is whole; where it is not, the number of its first bad line, from 1. */
export type AuditVerdict =
  | {
      readonly ok: true;
      readonly records: number;
      /** How many records their writer said it lost. */
      readonly missing: number;
      /** Keep it elsewhere, and give it as `after` when later lines are verified. Absent where there are no lines. */
      readonly lastHash?: string;
    }
  | { readonly ok: false; readonly line: number; readonly problem: string };

/**
 * Says whether lines are the unbroken chain that they were written as. It reads one line at a time.
 *
 * `after` is the hash that the first line must follow: of the last line of the file before, or one that was kept
 * elsewhere. Without it the lines must begin a chain.
 */
export async function verifyAudit(
  lines: Iterable<string> | AsyncIterable<string>,
  { after }: { readonly after?: string } = {},
): Promise<AuditVerdict> {
  let [records, missing, last] = [0, 0, after];
  for await (const line of lines) {
    const opened = openLine(line);
    const problem = "problem" in opened ? opened.problem : problemOfLink(opened.previous, last);
    if ("problem" in opened || problem !== undefined) {
      return { ok: false, line: records + 1, problem: `line ${records + 1} ${problem}` };
    }
    records += 1;
    missing += opened.missing;
    last = opened.hash;
  }
  return { ok: true, records, missing, ...(last !== undefined && { lastHash: last }) };
}

function problemOfLink(previous: string | undefined, last: string | undefined): string | undefined {
  if (previous === last) return undefined;
  if (last === undefined) return "does not begin the chain: lines before it were removed";
  if (previous === undefined) return "begins another chain";
  return "does not follow the line before it: lines were removed, put in or moved";
}
