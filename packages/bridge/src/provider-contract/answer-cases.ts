import { ask, callContext, promptMark } from "./caller.js";
import type { Cases } from "./cases.js";

export function answerCases({ can, expect }: Cases): void {
  can("answers in parts that end with exactly one `done`", async (opened) => {
    const { text, parts } = await ask(opened);
    expect(text).not.toBe("");
    expect(parts.filter(({ type }) => type === "done")).toHaveLength(1);
    expect(parts.at(-1)).toMatchObject({ type: "done", reason: "stop" });
    expect(parts.filter((part) => part.type !== "done" && part.text === "")).toEqual([]);
  });

  can("reports what was used in whole numbers", async (opened) => {
    const { parts } = await ask(opened);
    const done = parts.at(-1);
    const { promptTokens, completionTokens } =
      done?.type === "done" ? done.usage : { promptTokens: -1, completionTokens: -1 };
    for (const tokens of [promptTokens, completionTokens]) {
      expect(Number.isSafeInteger(tokens)).toBe(true);
      expect(tokens).toBeGreaterThan(0);
    }
  });

  can("gives each of many callers its own answer", async (opened) => {
    const { answerTo } = opened;
    const prompts = Array.from({ length: 20 }, (_, index) => `question number ${index}`);
    const answers = await Promise.all(prompts.map((prompt) => ask(opened, { prompt })));
    expect(answers.map(({ text }) => text)).toEqual(
      answerTo === undefined ? answers.map(() => expect.stringMatching(/./)) : prompts.map(answerTo),
    );
  });

  can("carries every kind of text, whole", async (opened) => {
    const { answerTo } = opened;
    const prompt = `${"long ".repeat(20_000)}äöü 日本語 😀 \u0000 \\" \n end`;
    const { text } = await ask(opened, { prompt });
    expect(text).toEqual(answerTo?.(prompt) ?? expect.stringMatching(/./));
  });

  can("changes nothing of the request", async (opened) => {
    const { provider, model } = opened;
    const request = deepFrozen({
      model,
      prompt: promptMark,
      system: "Be brief.",
      temperature: 0.5,
      maxTokens: 50,
      format: { type: "object", properties: { answer: { type: "string" } } },
    });
    for await (const _ of provider.generate(request, callContext())) {
    }
  });

  can("keeps what a model thinks apart from what it says", async (opened) => {
    const { thinkingModel } = opened;
    if (thinkingModel !== undefined) {
      const { text, thinking } = await ask(opened, { model: thinkingModel });
      expect(thinking).not.toBe("");
      expect(text).not.toContain(thinking);
      expect(text).not.toContain("<think>");
    }
  });

  can("makes vectors, one for each text, all of one length", async ({ provider, embeddingModel }) => {
    expect(provider.embed === undefined).toBe(embeddingModel === undefined);
    if (provider.embed !== undefined && embeddingModel !== undefined) {
      const texts = Array.from({ length: 100 }, (_, index) => `text number ${index}`);
      const { vectors, usage } = await provider.embed({ model: embeddingModel, texts }, callContext());
      expect(vectors).toHaveLength(texts.length);
      expect(new Set(vectors.map(({ length }) => length)).size).toBe(1);
      expect(vectors.flat().every(Number.isFinite)).toBe(true);
      expect(usage.promptTokens).toBeGreaterThan(0);
    }
  });
}

function deepFrozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === "object" && inner !== null) {
      deepFrozen(inner);
    }
  }
  return Object.freeze(value);
}
