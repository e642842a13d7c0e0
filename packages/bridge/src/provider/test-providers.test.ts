import { describe, expect, it } from "vitest";
import { collectAnswer } from "./collect-answer.js";
import { echoProvider } from "./echo-provider.js";
import type { CallContext, GeneratePart } from "./provider.js";
import { ProviderError } from "./provider-error.js";
import { scriptedProvider } from "./scripted-provider.js";

const context: CallContext = {
  signal: new AbortController().signal,
  timeLeftMs: 1_000,
  runId: "r",
  plugin: "p",
  tenant: "t",
};

describe("the echo", () => {
  it("repeats the prompt, in pieces, and counts its words", async () => {
    const prompt = "many words ".repeat(50).trim();
    const parts: GeneratePart[] = [];
    for await (const part of echoProvider().generate({ model: "any", prompt }, context)) parts.push(part);
    expect(parts.length).toBeGreaterThan(5);
    expect(await collectAnswer(from(parts))).toEqual({
      text: `ECHO: ${prompt}`,
      thinking: "",
      reason: "stop",
      usage: { promptTokens: 100, completionTokens: 101 },
    });
  });

  it("gives JSON where JSON is asked for", async () => {
    const { text } = await collectAnswer(
      echoProvider().generate({ model: "any", prompt: 'a "b"', format: "json" }, context),
    );
    expect(JSON.parse(text)).toEqual({ echo: 'a "b"' });
  });

  it("gives the same text the same vector, and another text another", async () => {
    const { vectors } =
      (await echoProvider().embed?.({ model: "any", texts: ["a", "b", "a", ""] }, context)) ?? {};
    expect(vectors).toHaveLength(4);
    expect(vectors?.[0]).toEqual(vectors?.[2]);
    expect(vectors?.[0]).not.toEqual(vectors?.[1]);
  });

  it("lists the models that it is said to have, and is always there", async () => {
    const names = (await echoProvider({ models: ["a", "b"] }).models(context)).map(({ name }) => name);
    expect(names).toEqual(["a", "b"]);
    expect((await echoProvider().health(context)).status).toBe("connected");
  });
});

describe("a script", () => {
  it("is followed line by line, and is at an end after the last", async () => {
    const part: GeneratePart = { type: "thinking", text: "hmm" };
    const end: GeneratePart = {
      type: "done",
      reason: "length",
      usage: { promptTokens: 7, completionTokens: 8 },
    };
    const provider = scriptedProvider(["one", new ProviderError("refused", "no"), [part, end]], {
      models: ["a"],
    });
    const ask = (prompt: string) => collectAnswer(provider.generate({ model: "a", prompt }, context));
    expect((await ask("1")).text).toBe("one");
    await expect(ask("2")).rejects.toMatchObject({ code: "refused" });
    expect(await ask("3")).toMatchObject({ thinking: "hmm", reason: "length", usage: { promptTokens: 7 } });
    await expect(ask("4")).rejects.toMatchObject({ code: "unavailable" });
    expect(provider.requests.map(({ prompt }) => prompt)).toEqual(["1", "2", "3", "4"]);
    expect(await provider.models(context)).toHaveLength(1);
  });
});

describe("a collected answer", () => {
  it("has an end, or is none", async () => {
    await expect(collectAnswer(from([{ type: "text", text: "and" }]))).rejects.toMatchObject({
      code: "bad_response",
    });
  });

  it("is no longer than it may be, and whoever says more is told to stop", async () => {
    let isFreed = false;
    const endless = async function* (): AsyncGenerator<GeneratePart> {
      try {
        for (;;) yield { type: "thinking", text: "hmm" };
      } finally {
        isFreed = true;
      }
    };
    await expect(collectAnswer(endless(), { maxChars: 1_000 })).rejects.toMatchObject({
      code: "bad_response",
    });
    expect(isFreed).toBe(true);
  });
});

async function* from(parts: readonly GeneratePart[]): AsyncGenerator<GeneratePart> {
  yield* parts;
}
