/** What an input did that none may do. */
export interface Finding {
  readonly problem: string;
  /** As small as it could be made. */
  readonly input: Uint8Array;
}

/** What it is and where it comes from, so that each is told of once. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 100);
  const lines = error.stack?.split("\n") ?? [];
  const place = lines.find(
    (line) => /^\s+at .*\/(packages|examples|test)\//.test(line) && !/assert\.ts/.test(line),
  );
  return `${error.message.slice(0, 100).replaceAll(/\d+/g, "#")} ${place?.trim() ?? ""}`;
}

export function toProblem(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
