import { toWords } from "../text.js";
import { negativeWords, positiveWords, strengtheningWords, turningWords } from "../words/feelings.js";

export interface Sentiment {
  /** From -1 to 1. */
  readonly value: number;
  readonly mood: "positive" | "neutral" | "negative";
  readonly positive: readonly string[];
  readonly negative: readonly string[];
}

/** How far back a word is turned around or made stronger. */
const reach = 3;

export function toSentiment(text: string): Sentiment {
  const words = toWords(text).map((word) => word.replaceAll("’", "'"));
  const found = { positive: new Set<string>(), negative: new Set<string>() };
  let [sum, count] = [0, 0];
  for (const [at, word] of words.entries()) {
    const sign = positiveWords.has(word) ? 1 : negativeWords.has(word) ? -1 : 0;
    if (sign !== 0) {
      const before = words.slice(Math.max(0, at - reach), at);
      const turned = before.some((one) => turningWords.has(one));
      const strength = before.some((one) => strengtheningWords.has(one)) ? 1.5 : 1;
      // "Not good" is bad, "not bad" is only not bad.
      const value = turned ? (sign > 0 ? -0.8 : 0.4) : sign;
      sum += value * strength;
      count += 1;
      found[value > 0 ? "positive" : "negative"].add(turned ? `not ${word}` : word);
    }
  }
  const loud = Math.min((text.match(/!/g) ?? []).length, 3) * 0.1;
  const value = count === 0 ? 0 : clamp((sum / Math.sqrt(count + 1)) * (1 + loud) * 0.75);
  return {
    value,
    mood: value > 0.15 ? "positive" : value < -0.15 ? "negative" : "neutral",
    positive: [...found.positive].slice(0, 6),
    negative: [...found.negative].slice(0, 6),
  };
}

export function explainSentiment({ mood, positive, negative }: Sentiment): string {
  const because = [
    ...(positive.length > 0 ? [`positive words: ${positive.join(", ")}`] : []),
    ...(negative.length > 0 ? [`negative words: ${negative.join(", ")}`] : []),
  ];
  return `The mood is ${mood} (${because.length === 0 ? "no word of the built-in lists was found" : because.join("; ")}).`;
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
