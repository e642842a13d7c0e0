import type { DestinationStream } from "pino";

/** For a person at a terminal: the log's lines, without what only programs need. */
export function createTerminalDestination(write: (text: string) => void): DestinationStream {
  return { write: (line) => write(toText(line)) };
}

/** What others have a say in must not move the cursor, colour the screen or make a line of its own. */
export function toOneLine(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`,
  );
}

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly time: string;
  readonly err?: { readonly message: string; readonly stack?: string };
}

function toText(json: string): string {
  const { level, msg, time: _, err, ...rest } = JSON.parse(json) as Line;
  const facts = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const head = [`${level}: ${msg}`, ...(err && level !== "error" ? [err.message] : []), ...facts].join("  ");
  // Faults are ours to mend, and a stack says where.
  const stack = level === "error" ? (err?.stack ?? "").split("\n").filter((part) => part !== "") : [];
  return [head, ...stack].map((part) => `  ${toOneLine(part)}\n`).join("");
}
