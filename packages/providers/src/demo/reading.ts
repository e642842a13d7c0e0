import type { Instruction } from "./instruction.js";
import { toKeywords } from "./tasks/keywords.js";
import { type Moderation, toModeration } from "./tasks/moderation.js";
import { type Sentiment, toSentiment } from "./tasks/sentiment.js";
import { toSentences, toWords } from "./text.js";

/** What is found in the content of a prompt, each when it is first asked for. */
export class Reading {
  readonly instruction: Instruction;
  #sentiment: Sentiment | undefined;
  #moderation: Moderation | undefined;
  #keywords: readonly string[] | undefined;

  constructor(instruction: Instruction) {
    this.instruction = instruction;
  }

  get sentiment(): Sentiment {
    this.#sentiment ??= toSentiment(this.instruction.content);
    return this.#sentiment;
  }

  get moderation(): Moderation {
    this.#moderation ??= toModeration(this.instruction.content);
    return this.#moderation;
  }

  get keywords(): readonly string[] {
    this.#keywords ??= toKeywords(this.instruction.content);
    return this.#keywords;
  }

  /** From 0 to 1: how much there is of what the task asks for. */
  share(): number {
    switch (this.instruction.task.kind) {
      case "moderate":
        return this.moderation.risk;
      case "rate":
        return toQuality(this.instruction.content);
      default:
        return (this.sentiment.value + 1) / 2;
    }
  }

  /** The same on the scale that was asked for. */
  number([from, to] = this.instruction.form.range ?? ([0, 10] as const)): number {
    const value = from + this.share() * (to - from);
    return to - from >= 5 ? Math.round(value) : Math.round(value * 10) / 10;
  }

  /** One of the words that were offered. */
  choose(choices: readonly string[]): string {
    const { mood } = this.sentiment;
    const risky = this.moderation.risk >= 0.3;
    const preferred =
      this.instruction.task.kind === "moderate"
        ? risky
          ? /^(?:yes|true|toxic|harmful|unsafe|block|blocked|reject|rejected|spam|flag|flagged|bad|high)$/i
          : /^(?:no|false|safe|harmless|ok|allow|allowed|approve|approved|ham|clean|good|low)$/i
        : new RegExp(
            `^(?:${mood}|${{ positive: "yes|good|true", neutral: "mixed|other", negative: "no|bad|false" }[mood]})$`,
            "i",
          );
    const words = new Set(toWords(this.instruction.content));
    return (
      choices.find((choice) => preferred.test(choice)) ??
      choices.find((choice) => words.has(choice.toLowerCase())) ??
      choices[0] ??
      ""
    );
  }
}

/** Sentences of a readable length and words that are not always the same. */
function toQuality(text: string): number {
  const words = toWords(text);
  const length = words.length / Math.max(toSentences(text).length, 1);
  const variety = new Set(words).size / Math.max(words.length, 1);
  const readable = 1 - Math.min(Math.abs(length - 16) / 24, 1);
  return Math.min(1, Math.max(0, 0.2 + 0.4 * readable + 0.4 * variety * Math.min(words.length / 20, 1)));
}
