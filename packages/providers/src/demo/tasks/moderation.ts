import { harmKinds } from "../words/harm.js";

export interface Moderation {
  /** From 0, harmless, to 1. */
  readonly risk: number;
  readonly kinds: readonly { readonly name: string; readonly matches: number }[];
}

export function toModeration(text: string): Moderation {
  const kinds: { readonly name: string; readonly matches: number }[] = [];
  let safe = 1;
  for (const { name, weight, patterns } of harmKinds) {
    const matches = patterns.filter((pattern) => pattern.test(text)).length;
    if (matches > 0) {
      kinds.push({ name, matches });
      safe *= (1 - weight) ** matches;
    }
  }
  return { risk: 1 - safe, kinds };
}

export function explainModeration({ risk, kinds }: Moderation): string {
  if (kinds.length === 0) {
    return "Nothing of the built-in lists of harmful words and phrases was found.";
  }
  const found = kinds.map(({ name, matches }) => (matches === 1 ? name : `${name} (${matches} signs)`));
  const advice =
    risk >= 0.7
      ? "It should be blocked."
      : risk >= 0.3
        ? "Somebody should look at it."
        : "It looks acceptable.";
  return `Signs of ${found.join(", ")}. ${advice}`;
}
