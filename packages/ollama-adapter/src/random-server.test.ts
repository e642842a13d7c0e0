import { readFileSync } from "node:fs";
import { type CallContext, collectAnswer, ProviderError } from "@wasmforge/bridge";
import { expect, it, vi } from "vitest";
import { ollama } from "./index.js";
import { createOllamaServer, model, oneAttempt } from "./test/opened-server.js";

const context = (): CallContext => ({
  signal: new AbortController().signal,
  timeLeftMs: 30_000,
  runId: "run",
  plugin: "plugin",
  tenant: "tenant",
});

/** Mulberry32: the same for the same seed, everywhere. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function mutated(recorded: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = [...recorded];
  for (let change = random(6); change >= 0; change--) {
    const at = random(bytes.length);
    const length = random(20);
    switch (random(4)) {
      case 0:
        bytes[at] = random(256);
        break;
      case 1:
        bytes.splice(at, length);
        break;
      case 2:
        bytes.splice(at, 0, ...bytes.slice(at, at + length));
        break;
      default:
        bytes.splice(
          at,
          0,
          ...new TextEncoder().encode(['"', "{", "}", "\\", "\n", "null", "1e999", ","][random(8)]),
        );
    }
  }
  return Uint8Array.from(bytes);
}

it.each(["chat.ndjson", "chat-thinking.ndjson", "error-in-stream.ndjson"])(
  "whatever becomes of a recorded %s, a plugin hears an answer or an error of ours, and the console hears nothing",
  async (name) => {
    const recorded = readFileSync(new URL(`../../model-server/fixtures/ollama/${name}`, import.meta.url));
    const printed = vi.spyOn(console, "warn");
    await using server = await createOllamaServer();
    await using provider = ollama({ host: server.url, ...oneAttempt });
    for await (const _ of provider.preload(model)) {
    }
    const random = createRandom(name.length);
    const heard = { answers: 0, errors: 0 };
    for (let count = 0; count < 400; count++) {
      const body = mutated(recorded, random);
      server.inject({ kind: "body", contentType: "application/x-ndjson", body }, { path: "/api/chat" });
      await collectAnswer(provider.generate({ model, prompt: "hi" }, context())).then(
        ({ text, usage }) => {
          heard.answers += 1;
          expect(typeof text).toBe("string");
          expect(
            Number.isSafeInteger(usage.promptTokens) && Number.isSafeInteger(usage.completionTokens),
          ).toBe(true);
        },
        (error: unknown) => {
          heard.errors += 1;
          expect(error).toSatisfy(ProviderError.is);
        },
      );
      server.heal();
    }
    expect(heard.errors).toBeGreaterThan(50);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
    await provider[Symbol.asyncDispose]();
    await server.idle();
  },
);
