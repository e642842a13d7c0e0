import { shorten, toSentences, toWords, withoutTail } from "../text.js";
import { commonWords } from "../words/common.js";

export interface SummaryWishes {
  readonly sentences?: number | undefined;
  readonly words?: number | undefined;
  readonly bullets?: boolean;
}

const longestSentence = 400;

/** The sentences that say most of what the text says, in their order and in the text's own words. */
export function summarize(text: string, { sentences, words, bullets = false }: SummaryWishes = {}): string {
  const all = toSentences(text);
  const count = Math.min(
    sentences ?? (bullets ? 5 : Math.max(1, Math.min(3, Math.ceil(all.length / 4)))),
    20,
  );
  const chosen = choose(all, count).map((sentence) => shorten(sentence, longestSentence));
  const summary = bullets ? chosen.map((sentence) => `- ${sentence}`).join("\n") : chosen.join(" ");
  return words === undefined ? summary : limitWords(summary, words);
}

function choose(sentences: readonly string[], count: number): readonly string[] {
  if (sentences.length <= count) {
    return sentences;
  }
  const bags = sentences.map(
    (sentence) => new Set(toWords(sentence).filter((word) => !commonWords.has(word))),
  );
  const frequency = new Map<string, number>();
  for (const bag of bags) {
    for (const word of bag) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1);
    }
  }
  const scores = bags.map((bag, at) => {
    const weight = [...bag].reduce((sum, word) => sum + (frequency.get(word) ?? 0), 0);
    const place = at === 0 ? 1.5 : at === sentences.length - 1 ? 1.1 : 1;
    return (weight / Math.sqrt(bag.size + 4)) * place;
  });
  const chosen = new Set<number>();
  const said = new Set<string>();
  while (chosen.size < count) {
    let best = -1;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const [at, bag] of bags.entries()) {
      const repeated = [...bag].filter((word) => said.has(word)).length;
      const score = (scores[at] ?? 0) * (1 - (0.7 * repeated) / Math.max(bag.size, 1));
      if (!chosen.has(at) && score > bestScore) {
        best = at;
        bestScore = score;
      }
    }
    chosen.add(best);
    for (const word of bags[best] ?? []) {
      said.add(word);
    }
  }
  return sentences.filter((_, at) => chosen.has(at));
}

function limitWords(text: string, most: number): string {
  const parts = text.split(/(\s+)/);
  return parts.length <= most * 2 ? text : `${withoutTail(parts.slice(0, most * 2 - 1).join(""))}…`;
}
