import { readFileSync } from "node:fs";
import type { CallContext, GeneratePart, GenerateRequest, ProviderError } from "@wasmforge/bridge";
import { createModelServer, type Fault, type ModelServer } from "@wasmforge/model-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenaiCompatibleProvider, openaiCompatible } from "./openai-compatible.js";

const apiKey = "sk-very-secret";
const model = "llama3.2:latest";
let server: ModelServer;
let provider: OpenaiCompatibleProvider;

beforeEach(async () => {
  server = await createModelServer({ apiKey });
  provider = openaiCompatible({ baseUrl: `${server.url}/v1`, apiKey, maxAttempts: 1 });
});
afterEach(async () => {
  await provider[Symbol.asyncDispose]();
  await server.idle();
  await server.close();
});

const context = (): CallContext => ({
  signal: new AbortController().signal,
  timeLeftMs: 30_000,
  runId: "run",
  plugin: "plugin",
  tenant: "tenant",
});

async function ask(request: Partial<GenerateRequest> = {}): Promise<readonly GeneratePart[]> {
  const parts: GeneratePart[] = [];
  for await (const part of provider.generate({ model, prompt: "hi", ...request }, context())) {
    parts.push(part);
  }
  return parts;
}

function answerWith(body: string, rest: Partial<Extract<Fault, { kind: "body" }>> = {}) {
  server.inject({ kind: "body", contentType: "text/event-stream", body, ...rest });
  return ask();
}

const recorded = (name: string) =>
  readFileSync(new URL(`../../../model-server/fixtures/openai/${name}`, import.meta.url), "utf8");
const event = (value: unknown) => `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`;
const delta = (fields: object, finish: unknown = null) => ({
  choices: [{ index: 0, delta: fields, finish_reason: finish }],
});
const end = event(delta({}, "stop")) + event("[DONE]");
const usage = {
  promptTokens: expect.any(Number),
  completionTokens: expect.any(Number),
  queueMs: expect.any(Number),
};

describe("a recorded answer", () => {
  it("of a hosted API is understood", async () => {
    expect(await answerWith(recorded("chat.sse"))).toEqual([
      { type: "thinking", text: "First, a greeting." },
      { type: "text", text: "Hello" },
      {
        type: "done",
        reason: "stop",
        usage: { promptTokens: 12, completionTokens: 2, queueMs: expect.any(Number) },
      },
    ]);
  });

  it("of Ollama's is, too", async () => {
    expect(await answerWith(recorded("chat-ollama.sse"))).toMatchObject([
      { type: "thinking", text: "Short." },
      { type: "text", text: "Hi" },
      { type: "done", reason: "length", usage: { promptTokens: 11, completionTokens: 2 } },
    ]);
  });

  it("that there is no such model becomes model_not_found", async () => {
    await expect(
      answerWith(recorded("error.json"), { status: 404, contentType: "application/json" }),
    ).rejects.toMatchObject({ code: "model_not_found" });
  });
});

describe("a server's stream", () => {
  it("may have comments, names of events, and no last word", async () => {
    const body = `: keep-alive\n\nevent: message\nid: 7\n${event(delta({ content: "a" }))}: again\n${event(delta({}, "stop"))}`;
    expect(await answerWith(body)).toEqual([
      { type: "text", text: "a" },
      { type: "done", reason: "stop", usage },
    ]);
  });

  const one = event(delta({ content: "a" })) + end;
  for (const [what, body, headers] of [
    ["a mark of byte order before it", `\ufeff${one}`],
    ["line ends of two characters, and lines of nothing else", one.replaceAll("\n", "\r\n\r\n")],
    [
      "fields that are there twice",
      one.replace('"choices"', '"choices":[{"delta":{"content":7}}],"choices"'),
    ],
    ["the claim that it is packed", one, { "content-encoding": "gzip" }],
  ] as const) {
    it(`may have ${what}`, async () => {
      expect(await answerWith(body, headers && { headers })).toEqual([
        { type: "text", text: "a" },
        { type: "done", reason: "stop", usage },
      ]);
    });
  }

  it("tells thinking in tags apart", async () => {
    const body =
      ["<thi", "nk>hm</th", "ink>\n\nyes"].map((content) => event(delta({ content }))).join("") + end;
    expect(await answerWith(body)).toMatchObject([
      { type: "thinking", text: "hm" },
      { type: "text", text: "yes" },
      { type: "done" },
    ]);
  });

  it("says when a model refuses, in either way", async () => {
    expect((await answerWith(event(delta({ refusal: "I will not." })) + end)).at(-1)).toMatchObject({
      reason: "refused",
    });
    expect((await answerWith(event(delta({ content: "a" }, "content_filter")))).at(-1)).toMatchObject({
      reason: "refused",
    });
  });

  for (const [what, body] of [
    ["an event that is no JSON", event("{") + end],
    ["an event that is a list", event([]) + end],
    ["a text that is a number", event(delta({ content: 7 })) + end],
    ["no end", event(delta({ content: "a" }))],
    ["nothing", ""],
  ] as const) {
    it(`with ${what} is a bad_response`, async () => {
      await expect(answerWith(body)).rejects.toMatchObject({ code: "bad_response" });
    });
  }

  it("may lie about what was used, and is not believed", async () => {
    for (const used of [-1, 1.5, "7", null, 1e300]) {
      const parts = await answerWith(
        event(delta({ content: "a" })) +
          event({ choices: [], usage: { prompt_tokens: used, completion_tokens: used } }) +
          end,
      );
      expect(parts.at(-1)).toMatchObject({ usage: { promptTokens: 1, completionTokens: 1 } });
    }
  });

  it("that goes on after its end is left", async () => {
    const parts = await answerWith(end + event(delta({ content: "more" })).repeat(50_000));
    expect(parts).toEqual([{ type: "done", reason: "stop", usage }]);
    await server.idle();
  });

  it("that is a page is a bad_response", async () => {
    await expect(answerWith("<html>", { contentType: "text/html" })).rejects.toMatchObject({
      code: "bad_response",
    });
  });
});

describe("a request", () => {
  it("goes out under the server's own name for the model", async () => {
    server.shelf.add({ name: "gpt-4o" });
    for (const name of ["gpt-4o", "gpt-4o:latest"]) {
      await ask({ model: name });
      expect(server.received.at(-1)?.body.model).toBe("gpt-4o");
    }
    await provider.models(context());
    await ask({ model });
    expect(server.received.at(-1)?.body.model).toBe(model);
  });

  it("still goes out under that name after the list of models was thrown away, or when it cannot be had", async () => {
    server.shelf.add({ name: "gpt-4o:latest" });
    await provider.models(context());
    server.inject({ kind: "status", status: 500 });
    await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
    server.inject({ kind: "status", status: 500 }, { path: "/v1/models" });
    await ask({ model: "gpt-4o" });
    expect(server.received.at(-1)?.body.model).toBe("gpt-4o:latest");
  });

  it("carries images with their kind, the schema and the limits", async () => {
    await using configured = openaiCompatible({
      baseUrl: `${server.url}/v1/`,
      apiKey: async () => apiKey,
      maxTokensField: "max_completion_tokens",
      extraBody: { seed: 1, model: "not this one" },
    });
    const request: GenerateRequest = {
      model,
      prompt: "what is it?",
      system: "Be brief.",
      images: [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
      format: { type: "object" },
      temperature: 0,
      maxTokens: 5,
    };
    for await (const _ of configured.generate(request, context())) {
    }
    expect(server.received.at(-1)?.body).toEqual({
      seed: 1,
      model: "llama3.2",
      messages: [
        { role: "system", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "what is it?" },
            { type: "image_url", image_url: { url: "data:image/jpeg;base64,/9j/4A==" } },
          ],
        },
      ],
      stream: true,
      stream_options: { include_usage: true },
      response_format: { type: "json_schema", json_schema: { name: "answer", schema: { type: "object" } } },
      temperature: 0,
      max_completion_tokens: 5,
    });
  });

  it("does not wait for its key any longer than for its answer, and gives its place to others then", async () => {
    let keys = 0;
    await using forgetful = openaiCompatible({
      baseUrl: `${server.url}/v1`,
      apiKey: () => (++keys === 1 ? new Promise<never>(() => {}) : apiKey),
      maxParallelPerHost: 1,
    });
    const abort = new AbortController();
    const read = async (signal: AbortSignal) => {
      for await (const _ of forgetful.generate({ model, prompt: "hi" }, { ...context(), signal })) {
      }
    };
    const first = read(abort.signal);
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: "aborted" });
    await read(context().signal);
    expect(server.received).toHaveLength(1);
  });

  it("has its key in no error, even where the server quotes it", async () => {
    server.inject({ kind: "status", status: 401, error: `Incorrect API key provided: ${apiKey}` });
    const error: ProviderError = await ask().then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: "unauthorized" });
    expect(String((error.cause as Error).message)).toBe("HTTP 401: Incorrect API key provided: [key]");
  });

  it("waits as long as the server asks for", async () => {
    await using patient = openaiCompatible({ baseUrl: `${server.url}/v1`, apiKey });
    server.inject({ kind: "status", status: 429, headers: { "retry-after": "0" } }, { times: 2 });
    for await (const _ of patient.generate({ model, prompt: "hi" }, context())) {
    }
    expect(server.received).toHaveLength(3);
  });
});

describe("the models", () => {
  it("are those that were declared, and those the server does not list are not available", async () => {
    await using configured = openaiCompatible({
      baseUrl: `${server.url}/v1`,
      apiKey,
      models: [
        { name: "llama3.2", kind: "code", description: "ours", contextLength: 4096 },
        { name: "gone" },
      ],
    });
    expect(await configured.models(context())).toEqual([
      { name: model, kind: "code", description: "ours", available: true, contextLength: 4096 },
      { name: "gone:latest", kind: "text", description: "", available: false },
    ]);
  });

  it("may be 10,000, and what is no model is left out", async () => {
    const data = [
      { id: 7 },
      null,
      "x",
      ...Array.from({ length: 9_990 }, (_, index) => ({ id: `m${index}` })),
    ];
    server.inject({ kind: "body", body: JSON.stringify({ data }) });
    expect(await provider.models(context())).toHaveLength(9_990);
  });
});

describe("options", () => {
  for (const [options, field] of [
    [{}, "baseUrl"],
    [{ baseUrl: "nowhere" }, "address"],
    [{ baseUrl: "http://a/v1", apiKey: "" }, "apiKey"],
    [{ baseUrl: "http://a/v1", models: [{ nme: "x" }] }, "models"],
  ] as const) {
    it(`${JSON.stringify(options)} are refused, and the message names ${field}`, () => {
      expect(() => openaiCompatible(options as never)).toThrow(
        expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(field) }),
      );
    });
  }
});
