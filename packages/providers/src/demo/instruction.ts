import { splitPrompt } from "./split-prompt.js";
import { isCode, type ReviewTopic } from "./tasks/code-review.js";
import { toLanguage } from "./tasks/translate.js";
import { mostChars } from "./text.js";

/** What a prompt asks for, as far as simple rules can tell. */
export interface Instruction {
  readonly task: Task;
  /** What it is to be done with. */
  readonly content: string;
  readonly form: AnswerForm;
}

export type Task =
  | { readonly kind: "image" }
  | { readonly kind: "review"; readonly topic: ReviewTopic }
  | { readonly kind: "moderate" }
  | { readonly kind: "sentiment" }
  | { readonly kind: "rate" }
  | { readonly kind: "translate"; readonly language: string }
  | { readonly kind: "keywords" }
  | {
      readonly kind: "summarize";
      readonly sentences: number | undefined;
      readonly words: number | undefined;
      readonly bullets: boolean;
    }
  | { readonly kind: "report" }
  | { readonly kind: "question"; readonly question: string }
  | { readonly kind: "other" };

export interface AnswerForm {
  /** Nothing but a number is wanted. */
  readonly onlyNumber: boolean;
  /** Numbers go from here to there. */
  readonly range: readonly [from: number, to: number] | undefined;
  /** One of these words is wanted. */
  readonly choices: readonly string[];
  /** The answer shall be JSON, with these fields where some are shown. */
  readonly json: readonly string[] | undefined;
}

export function readInstruction(prompt: string, system = "", hasImages = false): Instruction {
  const text = prompt.slice(0, mostChars);
  const { instruction, content } = splitPrompt(text);
  const asked = `${system.slice(0, 2_000)}\n${instruction}`;
  return {
    task: toTask(asked, content, hasImages || isImageUrl(content)),
    content,
    form: {
      onlyNumber:
        /\b(?:only|just)\b[^.\n]{0,20}\b(?:number|score|integer|digit|rating)|\b(?:number|score|integer) only\b/i.test(
          asked,
        ),
      range: toRange(asked),
      choices: toChoices(asked),
      json: toJsonFields(asked),
    },
  };
}

function toTask(asked: string, content: string, hasImage: boolean): Task {
  const has = (pattern: RegExp) => pattern.test(asked);
  if (hasImage || has(/\b(?:describe|caption|what|look)\b[^.\n]{0,60}\b(?:image|picture|photo)\b/i)) {
    return { kind: "image" };
  }
  const isProgram = isCode(content);
  if (isProgram || has(/\b(?:code|function|script|program)\b/i)) {
    const topic = toTopic(has, isProgram);
    if (topic !== undefined) {
      return { kind: "review", topic };
    }
  }
  if (has(/toxic|harm|moderat|unsafe|safety|hate|offens|abus|inappropriate|violen|threat|spam|profan/i)) {
    return { kind: has(/\breport\b/i) && !has(/\b(?:rate|score)\b/i) ? "report" : "moderate" };
  }
  if (has(/\b(?:write|create|generate|produce)\b[^.\n]{0,60}\breport\b/i)) {
    return { kind: "report" };
  }
  if (has(/sentiment|\bmood\b|\btone\b|emotion|positive or negative/i)) {
    return { kind: "sentiment" };
  }
  if (has(/translat/i)) {
    return { kind: "translate", language: toLanguage(asked) };
  }
  if (
    has(/summar|\bsum\b[^.\n]{0,40}\bup\b|condens|shorten|tl;?dr|key\s?points?|main points?|in a nutshell/i)
  ) {
    return {
      kind: "summarize",
      sentences: toCount(asked, /(\d+|one|two|three|four|five)\s+sentences?/i),
      words: toCount(asked, /(\d+)\s+words/i),
      bullets: has(/bullet|key\s?points?|main points?|\blist\b/i),
    };
  }
  if (has(/keyword|key phrase|\btopics?\b|\btags?\b/i)) {
    return { kind: "keywords" };
  }
  if (has(/\b(?:rate|rating|score)\b/i)) {
    return { kind: "rate" };
  }
  if (has(/\breport\b/i)) {
    return { kind: "report" };
  }
  const question = /[^.?!:\n]{3,300}\?/.exec(`${asked}\n${content.slice(0, 500)}`)?.[0].trim();
  return question === undefined ? { kind: "other" } : { kind: "question", question };
}

function toTopic(has: (pattern: RegExp) => boolean, isProgram: boolean): ReviewTopic | undefined {
  if (has(/secur|vulnerab|exploit|injection/i)) {
    return "security";
  }
  if (has(/improv|suggest|refactor|optimi|clean|better|style/i)) {
    return "improvements";
  }
  return has(/\bbugs?\b|error|wrong|problem|debug/i) || (isProgram && has(/review|check|analy[sz]/i))
    ? "bugs"
    : undefined;
}

const numbers: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5 };

function toCount(asked: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(asked)?.[1]?.toLowerCase();
  const count = found === undefined ? Number.NaN : (numbers[found] ?? Number(found));
  return count >= 1 && count <= 1_000 ? count : undefined;
}

function toRange(asked: string): readonly [number, number] | undefined {
  const found = /(?<![\d.])(\d{1,3})\s*(?:-|–|—|to|and|\.\.)\s*(\d{1,4})(?!\d)/i.exec(asked);
  const [from, to] = [Number(found?.[1]), Number(found?.[2])];
  return from < to ? [from, to] : undefined;
}

const choicesPattern =
  /\b(?:answer|reply|respond|return|classify(?: \w+){0,3} as|is (?:it|this)|one of|either|choose)\b[^:\n]{0,40}?[:\s]\(?["']?([\p{L}_-]+)["']?((?:\s*[,/|]\s*["']?[\p{L}_-]+["']?){0,10})\s*,?\s*(?:or|\/|\||and)\s*["']?([\p{L}_-]+)/iu;

function toChoices(asked: string): readonly string[] {
  const found = choicesPattern.exec(asked);
  if (found === null) {
    return [];
  }
  const between = (found[2] ?? "").split(/[,/|\s"']+/).filter(Boolean);
  return [found[1] ?? "", ...between, found[3] ?? ""].filter(
    (choice) => !/^(?:the|a|an|only|just|with)$/i.test(choice),
  );
}

function toJsonFields(asked: string): readonly string[] | undefined {
  if (!/\bjson\b/i.test(asked)) {
    return undefined;
  }
  return [...asked.matchAll(/["'](\w{1,40})["']\s*:/g)].slice(0, 30).map(([, name]) => name ?? "");
}

function isImageUrl(content: string): boolean {
  return /data:image\/[a-z+.-]{1,20};base64,/i.test(content.slice(0, 2_000));
}
