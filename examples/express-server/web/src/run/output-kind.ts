export const outputViews = ["markdown", "json", "plain"] as const;
export type OutputView = (typeof outputViews)[number];

/** What a plugin sent, as the view shows it that suits it best. */
export function guessView(text: string): OutputView {
  if (parseJson(text) !== undefined) return "json";
  return looksLikeMarkdown(text) ? "markdown" : "plain";
}

/** An object or a list. A number or a word alone is no JSON to anybody who looks at it. */
export function parseJson(text: string): object | undefined {
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
