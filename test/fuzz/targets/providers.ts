/** Answers of model servers. Byte 0 says in what pieces the rest comes. */
import { readFileSync } from "node:fs";
import { type CallContext, collectAnswer, type Provider, ProviderError } from "@wasmforge/bridge";
import { ollama } from "@wasmforge/ollama-adapter";
import { openaiCompatible } from "@wasmforge/providers";
import type { HttpTransport } from "@wasmforge/providers/toolkit";
import { jsonWords } from "../../../packages/bridge/src/test/guest-messages.js";
import { assert } from "../assert.js";
import { bytesTarget, type Subject, type Target } from "../target.js";

const model = "llama3.2:latest";
const fixtures = new URL("../../../packages/model-server/fixtures/", import.meta.url);
const mostPieces = 2_000;

/** No second attempt, and no rest after failures: every input is to reach the parser. */
const dispatch = { maxAttempts: 1, breaker: { failures: 100_000 } };

function seedsOf(folder: string, names: readonly string[]): readonly Uint8Array[] {
  return names.map((name) => {
    const recorded = readFileSync(new URL(`${folder}/${name}`, fixtures));
    return new Uint8Array([40, ...recorded]);
  });
}

export const ollamaTarget = answersTarget({
  name: "ollama-stream",
  of: "Ollama",
  reaches: /\/packages\/(ollama-adapter|providers)\/src\//,
  words: [
    '"message":',
    '"content":',
    '"thinking":',
    '"done":true',
    '"done":false',
    '"done_reason":',
    '"eval_count":',
    '"error":',
  ],
  seeds: seedsOf("ollama", ["chat.ndjson", "chat-thinking.ndjson", "error-in-stream.ndjson"]),
  type: "application/x-ndjson",
  create: (transport) => ollama({ transport, ...dispatch }),
});

export const openaiTarget = answersTarget({
  name: "openai-stream",
  of: "an OpenAI-compatible server",
  reaches: /\/packages\/providers\/src\//,
  words: [
    "data: ",
    "data: [DONE]",
    "event: x\n",
    ": ping\n",
    '"choices":[',
    '"delta":{',
    '"content":',
    '"reasoning_content":',
    '"refusal":',
    '"finish_reason":"stop"',
    '"usage":',
    '"error":',
    "<think>",
    "</think>",
  ],
  seeds: seedsOf("openai", ["chat.sse", "chat-ollama.sse"]),
  type: "text/event-stream",
  create: (transport) => openaiCompatible({ baseUrl: "http://127.0.0.1:1/v1", transport, ...dispatch }),
});

interface AnswersTarget {
  readonly name: string;
  readonly of: string;
  readonly reaches: RegExp;
  readonly words: readonly string[];
  readonly seeds: readonly Uint8Array[];
  readonly type: string;
  create(transport: HttpTransport): Provider & AsyncDisposable;
}

function answersTarget({ name, of, reaches, words, seeds, type, create }: AnswersTarget): Target {
  return bytesTarget({
    name,
    about: `Whatever ${of} says, a plugin hears an answer or a ProviderError, and the same answer in whatever pieces it comes.`,
    reaches,
    words: [...jsonWords, "\n", "\r\n", "\n\n", ...words],
    seeds: () => seeds,
    open: async () => open(type, create),
  });
}

async function open(type: string, create: AnswersTarget["create"]): Promise<Subject<Uint8Array>> {
  let body: Uint8Array = new Uint8Array();
  let pieceBytes = 1;
  const provider = create(scripted(() => [type, body, pieceBytes]));
  const warned: unknown[] = [];
  const warn = console.warn;
  console.warn = (...said) => void warned.push(...said);
  const answer = () =>
    collectAnswer(provider.generate({ model, prompt: "hi" }, context())).then(
      ({ text, usage }) => {
        assert(typeof text === "string", "the answer is no text");
        const counts = [usage.promptTokens, usage.completionTokens];
        assert(
          counts.every((count) => Number.isSafeInteger(count) && count >= 0),
          `tokens were counted as ${counts}`,
        );
        return `answer ${text} ${counts}`;
      },
      (error: unknown) => {
        if (!ProviderError.is(error)) throw error;
        assert(
          error.message.length < 300 && !/node_modules|\.ts\b/.test(error.message),
          "an error says too much",
        );
        return `error ${error.code}`;
      },
    );
  return {
    async check(input) {
      body = input.subarray(1);
      pieceBytes = Math.max(1 + (input[0] ?? 0), Math.ceil(body.length / mostPieces));
      const inPieces = await answer();
      pieceBytes = Math.max(1, body.length);
      const whole = await answer();
      // How many pieces of text there were is counted where the server does not say how many tokens. What comes after the
      // answer's end is looked at only where it comes together with it.
      const plain = (said: string) => said.replace(/\d+$/, "");
      const isAnswered = inPieces.startsWith("answer") && whole.startsWith("answer");
      assert(!isAnswered || plain(inPieces) === plain(whole), `in pieces: ${inPieces}, as a whole: ${whole}`);
      assert(warned.length === 0, `the console was told ${String(warned[0])}`);
    },
    async close() {
      console.warn = warn;
      await provider[Symbol.asyncDispose]();
    },
  };
}

/** A server without a network: it answers every chat with what it was given, and lists one model. */
function scripted(next: () => readonly [type: string, body: Uint8Array, pieceBytes: number]): HttpTransport {
  return {
    async send({ url }) {
      const isChat = /chat/.test(url);
      const [type, body, pieceBytes] = isChat ? next() : ["application/json", listing(url), 1_000];
      return {
        status: 200,
        header: (name) => (name === "content-type" ? type : undefined),
        body: pieces(body, pieceBytes),
        discard() {},
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function* pieces(body: Uint8Array, pieceBytes: number) {
  for (let at = 0; at < body.length; at += pieceBytes) yield body.slice(at, at + pieceBytes);
}

function listing(url: string): Uint8Array {
  const models = [{ name: model, model, size: 1, expires_at: "2999-01-01T00:00:00Z" }];
  const listed = /\/models$/.test(url) ? { data: [{ id: model }] } : { models };
  return new TextEncoder().encode(JSON.stringify(listed));
}

function context(): CallContext {
  return {
    signal: new AbortController().signal,
    timeLeftMs: 30_000,
    runId: "run",
    plugin: "plugin",
    tenant: "tenant",
  };
}
