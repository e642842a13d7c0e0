import { toWords } from "../text.js";
import { commonWords } from "../words/common.js";

/** The words that a text is about, the most telling first. */
export function toKeywords(text: string, most = 8): readonly string[] {
  const weights = new Map<string, number>();
  const words = toWords(text);
  for (const [at, word] of words.entries()) {
    if (word.length > 2 && !commonWords.has(word)) {
      // Longer words say more, and so does what comes early.
      const weight = (1 + Math.min(word.length, 12) / 12) * (1 + 0.5 * (1 - at / words.length));
      weights.set(word, (weights.get(word) ?? 0) + weight);
    }
  }
  return [...weights]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
}
