import type { CallContext, GeneratePart } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { fromAiSdk } from "./from-ai-sdk.js";
import type { AiSdkCall } from "./model.js";

const context: CallContext = {
  signal: new AbortController().signal,
  timeLeftMs: 10_000,
  runId: "run",
  plugin: "plugin",
  tenant: "tenant",
};

function modelOf(specificationVersion: string, parts: readonly unknown[]) {
  const calls: AiSdkCall[] = [];
  return {
    calls,
    specificationVersion,
    provider: "test",
    modelId: "m",
    doStream: async (call: AiSdkCall) => {
      calls.push(call);
      return {
        stream: new ReadableStream({
          start: (controller) => {
            for (const part of parts) {
              controller.enqueue(part);
            }
            controller.close();
          },
        }),
      };
    },
  };
}

const textPart = (delta: unknown) => ({ type: "text-delta", id: "1", delta });

async function answer(model: ReturnType<typeof modelOf>): Promise<readonly GeneratePart[]> {
  const parts: GeneratePart[] = [];
  const images = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47)];
  for await (const part of fromAiSdk(model).generate({ model: "m", prompt: "hi", images }, context)) {
    parts.push(part);
  }
  return parts;
}

describe("a model of the AI SDK", () => {
  const finishes = {
    v2: { finishReason: "length", usage: { inputTokens: 3, outputTokens: 4 } },
    v3: {
      finishReason: { unified: "length", raw: "max_tokens" },
      usage: { inputTokens: { total: 3 }, outputTokens: { total: 4 } },
    },
    v4: {
      finishReason: { unified: "length", raw: "max_tokens" },
      usage: { inputTokens: { total: 3 }, outputTokens: { total: 4 } },
    },
  };
  for (const [version, finish] of Object.entries(finishes)) {
    it(`of specification ${version} is understood, and given images as it wants them`, async () => {
      const model = modelOf(version, [
        { type: "stream-start", warnings: [] },
        { type: "reasoning-delta", id: "0", delta: "hm" },
        textPart("a"),
        { type: "finish", ...finish },
      ]);
      const parts = await answer(model);
      expect(parts.map((part) => ("text" in part ? part.text : part.reason)).join(" ")).toBe("hm a length");
      expect(parts.at(-1)).toMatchObject({ usage: { promptTokens: 3, completionTokens: 4 } });
      const [call] = model.calls;
      expect(call?.prompt).toMatchObject([
        {
          role: "user",
          content: [
            { type: "text", text: "hi" },
            {
              type: "file",
              mediaType: "image/png",
              data:
                version === "v4" ? { type: "data", data: expect.any(Uint8Array) } : expect.any(Uint8Array),
            },
          ],
        },
      ]);
    });
  }

  for (const [what, parts, code] of [
    ["no end", [textPart("a")], "bad_response"],
    ["an end without a reason", [{ type: "finish", finishReason: "unknown" }], "bad_response"],
    ["a text that is none", [textPart(7)], "bad_response"],
    ["an error", [{ type: "error", error: { message: "x" } }], "unavailable"],
    ["an error as a text", [{ type: "error", error: "x" }], "unavailable"],
    ["an end by error", [{ type: "finish", finishReason: { unified: "error" } }], "unavailable"],
  ] as const) {
    it(`with ${what} is ${code}`, async () => {
      await expect(answer(modelOf("v3", parts))).rejects.toMatchObject({ code });
    });
  }

  it("that ignores its signal keeps nobody waiting", async () => {
    const deaf = { ...modelOf("v3", []), doStream: () => new Promise<never>(() => {}) };
    const provider = fromAiSdk(deaf);
    const asked = provider.generate({ model: "m", prompt: "hi" }, { ...context, timeLeftMs: 20 });
    await expect(asked[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "timeout" });
  });
});
