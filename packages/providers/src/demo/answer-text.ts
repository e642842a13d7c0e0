import type { Instruction } from "./instruction.js";
import type { Reading } from "./reading.js";
import { explainReview } from "./tasks/code-review.js";
import { explainModeration } from "./tasks/moderation.js";
import { explainSentiment } from "./tasks/sentiment.js";
import { summarize } from "./tasks/summarize.js";
import { translate } from "./tasks/translate.js";
import { countOf, shorten, toSentences, toWords } from "./text.js";

/** An answer in words. */
export function toText({ task, content, form }: Instruction, reading: Reading): string {
  const score = form.range === undefined ? "" : `${reading.number()} out of ${form.range[1]}. `;
  switch (task.kind) {
    case "review":
      return explainReview(content, task.topic);
    case "moderate":
      return score + explainModeration(reading.moderation);
    case "sentiment":
      return score + explainSentiment(reading.sentiment);
    case "rate":
      return `${score || `${reading.number()} out of 10. `}Counted were words, sentences and how often words are repeated.`;
    case "translate":
      return translate(content, task.language);
    case "keywords":
      return reading.keywords.join(", ") || "There is no word in it that says what it is about.";
    case "summarize":
      return summarize(content, task) || "There is no sentence to summarize.";
    case "report":
      return toReport(content, reading);
    case "question":
      return toReply(task.question, content);
    default:
      return [
        `${toSize(content)} about ${reading.keywords.slice(0, 5).join(", ") || "nothing that has a name"}.`,
        explainSentiment(reading.sentiment),
        `In short: ${summarize(content, { sentences: 1 }) || "nothing"}`,
      ].join("\n");
  }
}

function toSize(content: string): string {
  return `${countOf(toWords(content).length, "word")} in ${countOf(toSentences(content).length, "sentence")}`;
}

function toReport(content: string, reading: Reading): string {
  const given = [...content.matchAll(/(?:^|[.\n]\s*)(\p{Lu}\p{L}{2,20}):\s*([^\n.]{1,60})/gu)].slice(0, 8);
  const text = given.reduce((rest, [whole]) => rest.replace(whole, "."), content);
  return [
    "Report",
    ...given.map(([, name, value]) => `- ${name}: ${value?.trim()}`),
    `- Size: ${toSize(text)}`,
    `- About: ${reading.keywords.slice(0, 5).join(", ") || "nothing that has a name"}`,
    `- ${explainSentiment(reading.sentiment)}`,
    `- ${explainModeration(reading.moderation)}`,
    `- In short: ${summarize(text, { sentences: 1 })}`,
  ].join("\n");
}

/** The sentence of the text that shares most with the question. */
function toReply(question: string, content: string): string {
  const wanted = new Set(toWords(question).filter((word) => word.length > 3));
  const best = toSentences(content)
    .filter((sentence) => !sentence.endsWith("?"))
    .map((sentence) => ({ sentence, shared: toWords(sentence).filter((word) => wanted.has(word)).length }))
    .reduce((most, one) => (one.shared > most.shared ? one : most), { sentence: "", shared: 0 });
  return best.shared === 0
    ? "The demo knows nothing of the world, and found no sentence in the text that answers this."
    : `The text says: ${shorten(best.sentence, 400)}`;
}
