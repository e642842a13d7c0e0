import {
  type CallContext,
  type EmbedAnswer,
  type EmbedRequest,
  type GeneratePart,
  type ModelInfo,
  type ModelKind,
  normalizeModelName,
  type Provider,
  ProviderError,
} from "@wasmforge/bridge";
import { z } from "zod";
import { guessCapabilities, guessTokens, parseOptions, toAbortError, toModelKind } from "../toolkit/index.js";
import { toAnswer } from "./answer.js";
import { toDemoVector } from "./embedding.js";
import { mostChars } from "./text.js";

export interface DemoOptions {
  /** The names that it answers to, so that plugins written for real models can be tried. @default ["demo", "demo-embed"] */
  readonly models?: readonly (string | DemoModel)[];
  /** Whether it answers to every other name, too. @default false */
  readonly anyModel?: boolean;
}

export interface DemoModel {
  readonly name: string;
  readonly kind: ModelKind;
}

export interface DemoProvider extends Provider {
  embed(request: EmbedRequest, context: CallContext): Promise<EmbedAnswer>;
}

const notice = "demo: no AI model is at work, answers are made by simple rules";

const schema = z.strictObject({
  models: z
    .array(
      z.union([
        z.string().min(1),
        z.strictObject({ name: z.string().min(1), kind: z.enum(["text", "code", "vision", "embedding"]) }),
      ]),
    )
    .default(["demo", "demo-embed"]),
  anyModel: z.boolean().default(false),
});

/** So much of an answer comes at once. */
const partChars = 40;
/** A text of the host's thread is worked on for this long at most before others have their turn. */
const mostTexts = 1_000;

/**
 * Answers without a model, a server or anything to download: extracted summaries, word lists, patterns. It shows the whole
 * pipeline on any machine, and says in every answer that has room for it what it is. The same in, the same out.
 *
 * ```ts
 * demo({ models: ["llama3.2", { name: "mistral", kind: "code" }, "llava"] });
 * ```
 */
export function demo(options: DemoOptions = {}): DemoProvider {
  const { models, anyModel } = parseOptions("demo()", schema, options);
  const infos = new Map(models.map((model) => toModelInfo(model)).map((info) => [info.name, info]));

  const check = (name: string, { signal, timeLeftMs }: CallContext): void => {
    if (signal.aborted) {
      throw toAbortError(signal);
    }
    if (timeLeftMs <= 0) {
      throw new ProviderError("timeout", "there is no time left for an answer");
    }
    if (!anyModel && !infos.has(normalizeModelName(name))) {
      throw new ProviderError("model_not_found", "the demo does not answer to this name");
    }
  };

  return {
    version: 1,
    name: "demo",
    ...(anyModel ? { anyModel } : {}),

    async *generate(request, context): AsyncGenerator<GeneratePart, void, undefined> {
      check(request.model, context);
      const { prompt, system, maxTokens } = request;
      const words = (await toAnswer(request)).match(/\s*\S+|\s+$/g) ?? [];
      const said = words.slice(0, maxTokens ?? words.length);
      for (const text of toParts(said)) {
        if (context.signal.aborted) {
          throw toAbortError(context.signal);
        }
        yield { type: "text", text };
      }
      yield {
        type: "done",
        reason: said.length < words.length ? "length" : "stop",
        usage: { promptTokens: guessTokens(prompt, system), completionTokens: said.length, queueMs: 0 },
      };
    },

    async embed({ model, texts }, context) {
      check(model, context);
      if (texts.length > mostTexts) {
        throw new ProviderError("bad_request", `the demo takes ${mostTexts} texts at a time`);
      }
      return {
        vectors: texts.map((text) => toDemoVector(text.slice(0, mostChars))),
        usage: { promptTokens: guessTokens(...texts), completionTokens: 0, queueMs: 0 },
      };
    },

    async models({ signal }) {
      if (signal.aborted) {
        throw toAbortError(signal);
      }
      return [...infos.values()];
    },

    async health({ signal }) {
      if (signal.aborted) {
        throw toAbortError(signal);
      }
      return { status: "connected", message: notice };
    },
  };
}

function toModelInfo(model: string | DemoModel): ModelInfo {
  const { name, kind } =
    typeof model === "string" ? { name: model, kind: toModelKind(model, guessCapabilities(model)) } : model;
  return Object.freeze({
    name: normalizeModelName(name),
    kind,
    description: "stands in for a model: word lists, patterns and counting",
    available: true,
    notice,
  });
}

function* toParts(words: readonly string[]): Generator<string> {
  let part = "";
  for (const word of words) {
    part += word;
    if (part.length >= partChars) {
      yield part;
      part = "";
    }
  }
  if (part !== "") {
    yield part;
  }
}
