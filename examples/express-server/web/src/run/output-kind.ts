import type { OutputEvent } from "../api/run-event.js";

export const outputViews = ["markdown", "json", "plain"] as const;
export type OutputView = (typeof outputViews)[number];

type Output = Pick<OutputEvent, "kind" | "text" | "value">;

export function toText(outputs: readonly Output[]): string {
  return outputs.map(({ text }) => text).join("\n");
}

/** What a plugin sent, as JSON: what it sent as such, or a text that is. */
export function toJson(outputs: readonly Output[]): object | undefined {
  const isJson = outputs.length > 0 && outputs.every(({ kind }) => kind === "json");
  if (!isJson) return parseJson(toText(outputs));
  const values = outputs.map(({ value }) => value);
  return values.length === 1 && typeof values[0] === "object" && values[0] !== null ? values[0] : values;
}

/** The view that suits it best. */
export function guessView(outputs: readonly Output[]): OutputView {
  if (toJson(outputs) !== undefined) return "json";
  return looksLikeMarkdown(toText(outputs)) ? "markdown" : "plain";
}

/** An object or a list. A number or a word alone is no JSON to anybody who looks at it. */
function parseJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

const marks = /^#{1,6} \S|^\s*[-*+] \S|^\s*\d+[.)] \S|^```|^\|.*\|\s*$|\*\*\S[^*]*\*\*|\[[^\]]+\]\([^)]+\)/m;

function looksLikeMarkdown(text: string): boolean {
  return marks.test(text.slice(0, 20_000));
}
