import type { GeneratePart, TokenUsage } from "../provider/provider.js";
import { CallError } from "./call-error.js";
import type { CallScope } from "./call-scope.js";

export interface AnswerReader {
  readonly scope: CallScope;
  /** Of text and thoughts together. */
  readonly maxChars: number;
  /** What it returns is waited for before more is asked of the provider. */
  readonly onText: (text: string) => Promise<void> | undefined;
  readonly onThinking: (text: string) => void;
}

/** What an answer says about itself. */
export interface AnswerEnd {
  readonly usage: Partial<TokenUsage> | undefined;
  readonly provider: unknown;
}

/** A provider that always has something to say at once would never let a timer run. */
const partsBetweenBreaths = 10_000;

/** Reads a provider's answer to its end and returns what it says about itself. Believes nothing. */
export async function readAnswer(
  answer: AsyncIterable<GeneratePart>,
  { scope, maxChars, onText, onThinking }: AnswerReader,
): Promise<AnswerEnd> {
  const iterator = answer[Symbol.asyncIterator]();
  let isOver = false;
  let chars = 0;
  try {
    for (let count = 1; ; count++) {
      const step: unknown = await scope.race(iterator.next());
      if (!isObject(step)) throw malformed();
      if (step.done) {
        isOver = true;
        throw new CallError("bad_response", "the model's answer ended in the middle");
      }
      const part = step.value;
      if (!isObject(part)) throw malformed();
      if (part.type === "done") {
        if (part.reason === "refused") throw new CallError("refused", "the model declined to answer");
        return { usage: isObject(part.usage) ? part.usage : undefined, provider: part.provider };
      }
      const { type, text } = part;
      if (typeof text !== "string" || (type !== "text" && type !== "thinking")) throw malformed();
      // Empty parts count: there may be no end to them.
      chars += text.length || 1;
      if (chars > maxChars) {
        throw new CallError("reply_too_large", "the model's answer is larger than a reply may be");
      }
      if (type === "thinking") {
        onThinking(text);
      } else if (text !== "") {
        const ready = onText(text);
        if (ready) await scope.race(ready);
      }
      if (count % partsBetweenBreaths === 0) await scope.race(breath());
    }
  } finally {
    if (!isOver) giveUp(iterator);
  }
}

/** It is told, and not waited for: it may be stuck. */
function giveUp(iterator: AsyncIterator<GeneratePart>): void {
  void (async () => {
    await iterator.return?.();
  })().catch(() => {});
}

function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function malformed(): CallError {
  return new CallError("bad_response", "the model's answer is malformed");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
