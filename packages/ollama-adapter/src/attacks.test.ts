import { readFileSync } from "node:fs";
import { type CallContext, type GeneratePart, ProviderError } from "@wasmforge/bridge";
import type { Fault, ModelServer } from "@wasmforge/model-server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type OllamaProvider, ollama } from "./index.js";
import {
  createOllamaServer,
  embeddingModel,
  model,
  oneAttempt,
  thinkingModel,
} from "./test/opened-server.js";

let server: ModelServer;
let provider: OllamaProvider;

beforeEach(async () => {
  server = await createOllamaServer();
  provider = ollama({ host: server.url, ...oneAttempt });
});
afterEach(async () => {
  await provider[Symbol.asyncDispose]();
  await server.idle();
  await server.close();
});

const context = (change: Partial<CallContext> = {}): CallContext => ({
  signal: new AbortController().signal,
  timeLeftMs: 30_000,
  runId: "run",
  plugin: "plugin",
  tenant: "tenant",
  ...change,
});

async function ask(change: Partial<CallContext> = {}): Promise<readonly GeneratePart[]> {
  const parts: GeneratePart[] = [];
  for await (const part of provider.generate({ model, prompt: "hi" }, context(change))) {
    parts.push(part);
  }
  return parts;
}

/** The next answer of the model is this. */
async function answerWith(fault: Fault): Promise<readonly GeneratePart[]> {
  await ask();
  server.inject(fault, { path: "/api/chat" });
  return ask();
}

/** Without those that only load a model. */
const chatBodies = () =>
  server.received
    .filter(({ path, body }) => path === "/api/chat" && (body.messages as unknown[]).length > 0)
    .map(({ body }) => body);
const recorded = (name: string) =>
  readFileSync(new URL(`../../model-server/fixtures/ollama/${name}`, import.meta.url), "utf8");
const lines = (...messages: readonly unknown[]) =>
  messages.map((message) => `${typeof message === "string" ? message : JSON.stringify(message)}\n`).join("");
const token = (content: unknown, rest: object = {}) => ({
  message: { role: "assistant", content },
  done: false,
  ...rest,
});
const last = { message: { role: "assistant", content: "" }, done: true, done_reason: "stop" };
const ndjson = "application/x-ndjson";

describe("a recorded answer", () => {
  it("of a chat is understood", async () => {
    expect(await answerWith({ kind: "body", contentType: ndjson, body: recorded("chat.ndjson") })).toEqual([
      { type: "text", text: "Hello! How can I help you today?" },
      {
        type: "done",
        reason: "stop",
        usage: { promptTokens: 11, completionTokens: 18, queueMs: expect.any(Number) },
      },
    ]);
  });

  it("of a model that thinks is taken apart", async () => {
    const parts = await answerWith({
      kind: "body",
      contentType: ndjson,
      body: recorded("chat-thinking.ndjson"),
    });
    expect(parts.slice(0, 2)).toEqual([
      { type: "thinking", text: "The user asks for a product." },
      { type: "text", text: "391" },
    ]);
  });

  it("that fails in the stream gives what came before, then the error; its text is for operators", async () => {
    const heard: GeneratePart[] = [];
    await ask();
    server.inject({ kind: "body", contentType: ndjson, body: recorded("error-in-stream.ndjson") });
    const reading = (async () => {
      for await (const part of provider.generate({ model, prompt: "hi" }, context())) {
        heard.push(part);
      }
    })();
    await expect(reading).rejects.toMatchObject({
      code: "unavailable",
      message: "the model server failed in the midst of its answer",
      cause: { message: expect.stringContaining("an error was encountered while running the model") },
    });
    expect(heard).toEqual([{ type: "text", text: " Yes." }]);
  });

  for (const [name, status, code] of [
    ["error-not-found.json", 404, "model_not_found"],
    ["error-busy.json", 503, "overloaded"],
    ["error-thinking.json", 400, "bad_request"],
  ] as const) {
    it(`${name} becomes ${code}`, async () => {
      await expect(answerWith({ kind: "body", status, body: recorded(name) })).rejects.toMatchObject({
        code,
      });
    });
  }

  it("of the list, old and recent, gives kinds, digests and context lengths", async () => {
    server.inject({ kind: "body", body: recorded("tags.json") }, { path: "/api/tags" });
    server.inject({ kind: "body", body: recorded("show.json") }, { path: "/api/show", times: 2 });
    const [old] = await provider.models(context());
    expect(old).toMatchObject({
      name: "deepseek-r1:latest",
      kind: "vision",
      description: "qwen2, 7.6B, Q4_K_M",
      digest: "sha256:0a8c266910232fd3291e71e5ba1e058cc5af9d411192cf88b6d30e92b6e73163",
      contextLength: 8192,
      capabilities: ["completion", "vision"],
    });
    await using recent = ollama({ host: server.url });
    server.inject({ kind: "body", body: recorded("tags-with-capabilities.json") }, { path: "/api/tags" });
    const asked = server.received.length;
    expect(await recent.models(context())).toMatchObject([
      { name: "llava:latest", kind: "vision", contextLength: 32_768 },
      {
        name: "gpt-oss:120b-cloud",
        kind: "text",
        notice: expect.stringContaining("does not run on this server"),
      },
    ]);
    expect(server.received.length).toBe(asked + 1);
  });

  it("of what is running tells how much of it is on the GPU", async () => {
    server.inject({ kind: "body", body: recorded("ps.json") });
    expect(await provider.running()).toEqual([
      {
        host: server.url,
        name: "mistral:latest",
        sizeBytes: 5_137_025_024,
        vramBytes: 5_137_025_024,
        contextLength: 4096,
        expiresAt: new Date("2024-06-04T21:38:31.837Z"),
      },
    ]);
  });

  it("of a download is passed on as progress", async () => {
    server.inject({ kind: "body", contentType: ndjson, body: recorded("pull.ndjson") });
    const seen = [];
    for await (const progress of provider.pull("llama3.2")) {
      seen.push(progress);
    }
    expect(seen).toHaveLength(7);
    expect(seen[2]).toMatchObject({
      status: "pulling dde5aa3fc5ff",
      completedBytes: 241_970,
      totalBytes: 2_142_590_208,
    });
    expect(seen.at(-1)).toEqual({ host: server.url, status: "success" });
  });

  it("of embeddings gives vectors", async () => {
    await provider.embed({ model: "all-minilm", texts: ["a"] }, context());
    server.inject({ kind: "body", body: recorded("embed.json") });
    const { vectors, usage } = await provider.embed({ model: "all-minilm", texts: ["a", "b"] }, context());
    expect(vectors).toEqual([
      [0.010071029, -0.0017594862, 0.05007221],
      [-0.0098027075, 0.06042469, 0.025257962],
    ]);
    expect(usage).toMatchObject({ promptTokens: 8, completionTokens: 0 });
  });
});

describe("a refusal", () => {
  it.each([
    [400, "bad_request", false],
    [401, "unauthorized", false],
    [403, "unauthorized", false],
    [404, "model_not_found", false],
    [413, "bad_request", false],
    [418, "bad_response", false],
    [429, "overloaded", true],
    [500, "unavailable", true],
    [502, "unavailable", true],
    [503, "overloaded", true],
    [504, "unavailable", true],
  ] as const)(
    "with HTTP %s is %s, and says whether it is worth asking again",
    async (status, code, retryable) => {
      await ask();
      server.inject({ kind: "status", status, error: "very private details" }, { path: "/api/chat" });
      await expect(ask()).rejects.toMatchObject({
        code,
        retryable,
        message: expect.not.stringContaining("private"),
        cause: { message: expect.stringContaining("very private details") },
      });
    },
  );
});

describe("a lying server's answer", () => {
  const malformed: [what: string, body: string][] = [
    ["a line that is no JSON", lines(token("a"), "{", last)],
    ["a line that is a list", lines("[]", last)],
    ["a line that is null", lines("null", last)],
    ["a line that is a number", lines("7", last)],
    ["a content that is a number", lines(token(7), last)],
    ["a content that is an object", lines(token({ toString: "x" }), last)],
    ["a thinking that is a list", lines({ message: { thinking: ["x"] }, done: false }, last)],
    ["no end", lines(token("a"))],
    ["nothing", ""],
    ["an end of another kind", lines({ ...last, done_reason: "load" })],
    ["a status that is for downloads", lines({ ...token("a"), status: "success" })],
    ["a done that is no boolean", lines({ ...last, done: "true" })],
  ];
  for (const [what, body] of malformed) {
    it(`with ${what} is a bad_response`, async () => {
      await expect(answerWith({ kind: "body", contentType: ndjson, body })).rejects.toMatchObject({
        code: "bad_response",
      });
    });
  }

  it("that is no UTF-8 is a bad_response", async () => {
    const body = Buffer.concat([
      Buffer.from('{"message":{"content":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}}\n'),
    ]);
    await expect(answerWith({ kind: "body", contentType: ndjson, body })).rejects.toMatchObject({
      code: "bad_response",
    });
  });

  for (const contentType of ["text/html", "text/event-stream", "application/jsonp", ""]) {
    it(`of type ${JSON.stringify(contentType)} is a bad_response`, async () => {
      await expect(answerWith({ kind: "body", contentType, body: lines(last) })).rejects.toMatchObject({
        code: "bad_response",
      });
    });
  }

  it("cannot have fields that are ours, nor numbers that are none", async () => {
    const body = `{"__proto__":{"done":true},"message":{"content":"a"}}\n${lines({
      ...last,
      prompt_eval_count: -5,
      eval_count: 1e300,
      constructor: "x",
    })}`;
    const parts = await answerWith({ kind: "body", contentType: ndjson, body });
    expect(parts).toEqual([
      { type: "text", text: "a" },
      {
        type: "done",
        reason: "stop",
        usage: { promptTokens: 1, completionTokens: 1, queueMs: expect.any(Number) },
      },
    ]);
  });

  it("with an error that is no text is still an error", async () => {
    for (const error of [7, null, { message: "x" }, ["x"]]) {
      await expect(
        answerWith({ kind: "body", contentType: ndjson, body: lines({ error }) }),
      ).rejects.toMatchObject({ code: "unavailable" });
    }
  });

  it("prints nothing to the console, whatever is in it", async () => {
    const printed = (["log", "warn", "error", "info", "debug"] as const).map((name) =>
      vi.spyOn(console, name),
    );
    for (const body of [lines("\u001b[31mnot json"), "\n\n\n\n", lines(token("a"), "", "", last)]) {
      await answerWith({ kind: "body", contentType: ndjson, body }).catch(() => {});
    }
    await answerWith({ kind: "body", status: 500, contentType: "text/plain", body: "\u001b[31mboom" }).catch(
      () => {},
    );
    await answerWith({ kind: "body", status: 500, body: "no json" }).catch(() => {});
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it("has its words cleaned before an operator sees them", async () => {
    const error = await answerWith({
      kind: "status",
      status: 500,
      error: `\u001b[2J\n${"x".repeat(10_000)}`,
    }).catch((thrown: ProviderError) => thrown);
    const { message } = ProviderError.is(error) ? (error.cause as Error) : new Error();
    expect(message.length).toBeLessThan(600);
    expect(message).not.toMatch(/\p{Cc}/u);
  });

  it("that says it is elsewhere is not followed, whatever was asked", async () => {
    const elsewhere = await createOllamaServer();
    for (const status of [301, 302, 303, 307, 308]) {
      server.inject({ kind: "redirect", status, location: `${elsewhere.url}/api/tags` }, { times: 9 });
      await expect(provider.models(context())).rejects.toMatchObject({ code: "bad_response" });
      await expect(provider.embed({ model, texts: ["a"] }, context())).rejects.toMatchObject({
        code: "bad_response",
      });
      await expect(provider.pull(model)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        code: "bad_response",
      });
      expect(await provider.health(context())).toMatchObject({ status: "error" });
      server.heal();
    }
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it("from a web server at that address says that it is not Ollama", async () => {
    const page = { kind: "body", status: 404, contentType: "text/html", body: "<h1>Not found</h1>" } as const;
    await expect(answerWith(page)).rejects.toMatchObject({
      code: "bad_response",
      message: "the model server's address does not lead to Ollama",
    });
  });

  it("to an embedding must hold one vector of numbers for each text", async () => {
    for (const embeddings of [
      undefined,
      [],
      [[1]],
      [[1], [1, 2]],
      [[1], ["2"]],
      [[1], [null]],
      [[], []],
      "12",
      { length: 2 },
    ]) {
      await provider.embed({ model, texts: ["a"] }, context());
      server.inject({ kind: "body", body: JSON.stringify({ embeddings }) }, { path: "/api/embed" });
      await expect(provider.embed({ model, texts: ["a", "b"] }, context())).rejects.toMatchObject({
        code: "bad_response",
      });
    }
  });

  it("with more values than there could be is refused before they are made", async () => {
    server.inject({ kind: "body", body: `{"models":[${"[],".repeat(1_000_000)}[]]}` });
    await expect(provider.models(context())).rejects.toMatchObject({ code: "bad_response" });
  });
});

describe("a slow server", () => {
  it("that sends its headers late is waited for", async () => {
    await ask();
    let go = () => {};
    server.inject({ kind: "late", until: new Promise<void>((resolve) => (go = resolve)) });
    const asked = server.next("/api/chat");
    const answer = ask();
    await asked;
    go();
    expect((await answer).at(-1)).toMatchObject({ type: "done" });
  });

  it("that answers after its caller has left answers nobody", async () => {
    await ask();
    let go = () => {};
    const leaving = new AbortController();
    server.inject({ kind: "late", until: new Promise<void>((resolve) => (go = resolve)) });
    const asked = server.next("/api/chat");
    const left = ask({ signal: leaving.signal }).catch((error: ProviderError) => error.code);
    const { ended } = await asked;
    leaving.abort();
    expect(await left).toBe("aborted");
    expect(await ended).toBe("left");
    go();
    expect(await ask()).toMatchObject([{ text: "You said: hi" }, { type: "done" }]);
  });

  it("whose tokens come one by one gives them on one by one", async () => {
    const gates: (() => void)[] = [];
    await using slow = await createOllamaServer({
      beforeToken: () => new Promise<void>((resolve) => void gates.push(resolve)),
    });
    await using patient = ollama({ host: slow.url });
    const parts = patient.generate({ model, prompt: "hi" }, context())[Symbol.asyncIterator]();
    for (const text of ["You", " said:", " hi"]) {
      const next = parts.next();
      await expect.poll(() => gates.length).toBe(1);
      gates.pop()?.();
      expect(await next).toMatchObject({ value: { type: "text", text } });
    }
    expect(await parts.next()).toMatchObject({ value: { type: "done" } });
  });

  it("that stops in the midst of an answer is left after a while, however much time the run has", async () => {
    await using impatient = ollama({ host: server.url, stallTimeoutMs: 30 });
    server.inject({ kind: "stall", afterTokens: 2 }, { path: "/api/chat", times: 9 });
    const reading = (async () => {
      for await (const _ of impatient.generate({ model, prompt: "hi" }, context())) {
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: "timeout" });
    await Promise.all(server.received.map(({ ended }) => ended));
  });
});

describe("a list of models", () => {
  it("may have 10,000 of them", async () => {
    const models = Array.from({ length: 10_000 }, (_, index) => ({
      name: `model-${index}:latest`,
      digest: index.toString(16).padStart(64, "0"),
      details: { family: "llama", parameter_size: "3B" },
    }));
    server.inject({ kind: "body", body: JSON.stringify({ models }) }, { path: "/api/tags" });
    expect(await provider.models(context())).toHaveLength(10_000);
    expect(server.received.filter(({ path }) => path === "/api/show").length).toBeLessThanOrEqual(50);
  });

  it("loses what is no model, and keeps the rest", async () => {
    const models = [
      null,
      7,
      "llama",
      [],
      {},
      { name: 7 },
      { name: "" },
      { name: "x".repeat(1000) },
      { name: "line\nbreak" },
      { name: "good", digest: 7, details: "none", capabilities: ["completion", 7, "\u0007"], size: "huge" },
      { name: "good:latest", capabilities: ["embedding"] },
    ];
    server.inject({ kind: "body", body: JSON.stringify({ models }) }, { path: "/api/tags" });
    expect(await provider.models(context())).toEqual([
      {
        name: "good:latest",
        kind: "embedding",
        description: "",
        available: true,
        capabilities: ["embedding"],
      },
    ]);
  });

  it("is good without what the server does not tell of each model", async () => {
    server.inject({ kind: "status", status: 500 }, { path: "/api/show", times: 99 });
    expect(await provider.models(context())).toContainEqual(
      expect.objectContaining({ name: "all-minilm:latest", kind: "embedding" }),
    );
  });

  it("is good without what the server is silent about", async () => {
    server.inject({ kind: "silent" }, { path: "/api/show", times: 99 });
    expect(await provider.models(context())).toContainEqual(
      expect.objectContaining({ name: "all-minilm:latest", kind: "embedding" }),
    );
    server.heal();
    // What could not be learned then is asked for with the next list.
    await using later = ollama({ host: server.url, freshMs: 0 });
    await later.models(context());
    expect(await later.models(context())).toContainEqual(
      expect.objectContaining({ name: "qwen3:latest", capabilities: ["completion", "thinking"] }),
    );
  });

  it("does not ask again what the server refuses to tell", async () => {
    await using poor = ollama({ host: server.url, freshMs: 0 });
    server.inject({ kind: "status", status: 403 }, { path: "/api/show", times: 99 });
    await poor.models(context());
    await poor.models(context());
    expect(server.received.filter(({ path }) => path === "/api/show")).toHaveLength(3);
  });

  it("tells models apart where the server tells no digests", async () => {
    const models = [{ name: "all-minilm:latest" }, { name: "qwen3:latest" }];
    server.inject({ kind: "body", body: JSON.stringify({ models }) }, { path: "/api/tags" });
    expect(await provider.models(context())).toMatchObject([
      { kind: "embedding", capabilities: ["embedding"] },
      { kind: "text", capabilities: ["completion", "thinking"] },
    ]);
  });

  it("is asked for once by all who want it in the same moment, and an error is not kept", async () => {
    server.inject({ kind: "status", status: 500 }, { path: "/api/tags" });
    await expect(provider.models(context())).rejects.toMatchObject({ code: "unavailable" });
    await Promise.all([provider.models(context()), provider.models(context())]);
    await provider.models(context());
    expect(server.received.filter(({ path }) => path === "/api/tags")).toHaveLength(2);
  });

  it("is asked for again after a call failed", async () => {
    await provider.models(context());
    server.shelf.remove(model);
    await expect(ask()).rejects.toMatchObject({ code: "model_not_found" });
    expect((await provider.models(context())).map(({ name }) => name)).not.toContain(model);
  });
});

describe("a request", () => {
  it("carries images as bytes, and the name of a file is only text", async () => {
    const images = [Uint8Array.of(1, 2, 255), new TextEncoder().encode("/etc/passwd")];
    for await (const _ of provider.generate({ model, prompt: "/etc/passwd", images }, context())) {
    }
    expect(server.received.at(-1)?.body.messages).toEqual([
      {
        role: "user",
        content: "/etc/passwd",
        images: ["AQL/", Buffer.from("/etc/passwd").toString("base64")],
      },
    ]);
  });

  it("carries the system prompt, the schema and the options", async () => {
    await using configured = ollama({
      host: server.url,
      keepAlive: "10m",
      options: { num_ctx: 8192, temperature: 0.1 },
      think: false,
    });
    const format = { type: "object", properties: { a: { type: "number" } } };
    const request = {
      model: "llama3.2",
      prompt: "hi",
      system: "Be brief.",
      format,
      temperature: 0.7,
      maxTokens: 5,
    };
    for await (const _ of configured.generate(request, context())) {
    }
    expect(server.received.at(-1)?.body).toEqual({
      model,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "hi" },
      ],
      stream: true,
      format,
      keep_alive: "10m",
      think: false,
      options: { num_ctx: 8192, temperature: 0.7, num_predict: 5 },
    });
  });

  it("asks only those models to think that can, for others refuse it", async () => {
    await using thinking = ollama({ host: server.url, think: true });
    for (const asked of [model, thinkingModel]) {
      for await (const _ of thinking.generate({ model: asked, prompt: "hi" }, context())) {
      }
    }
    expect(chatBodies().map((body) => [body.model, body.think])).toEqual([
      [model, undefined],
      [thinkingModel, true],
    ]);
    // Where nobody can say what models can do, what the operator asked for is sent.
    await using blind = ollama({ host: server.url, think: true, ...oneAttempt });
    server.inject({ kind: "status", status: 500 }, { path: "/api/tags" });
    for await (const _ of blind.generate({ model: thinkingModel, prompt: "hi" }, context())) {
    }
    expect(chatBodies().at(-1)?.think).toBe(true);
  });

  it("without a prompt is refused here, because Ollama would load or unload the model", async () => {
    const asked = provider.generate({ model, prompt: "" }, context())[Symbol.asyncIterator]().next();
    await expect(asked).rejects.toMatchObject({ code: "bad_request" });
  });

  it("finds its model loaded as it wants it: with other options Ollama would load it anew", async () => {
    await using configured = ollama({ host: server.url, keepAlive: "10m", options: { num_ctx: 8192 } });
    for await (const _ of configured.generate({ model, prompt: "hi" }, context())) {
    }
    const [load, call] = server.received.filter(({ path }) => path === "/api/chat");
    expect(load?.body).toEqual({
      model,
      messages: [],
      stream: false,
      keep_alive: "10m",
      options: { num_ctx: 8192 },
    });
    expect(call?.body.options).toEqual(load?.body.options);
  });

  it("of a caller with little patience does not end the loading of a model", async () => {
    let loaded = () => {};
    const slow = await createOllamaServer({ load: () => new Promise((resolve) => (loaded = resolve)) });
    await using patient = ollama({ host: slow.url, ...oneAttempt });
    const first = patient
      .generate({ model, prompt: "hi" }, context({ timeLeftMs: 50 }))
      [Symbol.asyncIterator]();
    await expect(first.next()).rejects.toMatchObject({ code: "timeout" });
    const second = patient.generate({ model, prompt: "hi" }, context())[Symbol.asyncIterator]().next();
    loaded();
    expect(await second).toMatchObject({ value: { type: "text" } });
    expect(slow.shelf.loadsBegun).toBe(1);
    await slow.close();
  });

  it("to make vectors does not end the loading of a model either", async () => {
    let loaded = () => {};
    const slow = await createOllamaServer({ load: () => new Promise((resolve) => (loaded = resolve)) });
    await using patient = ollama({ host: slow.url, ...oneAttempt });
    const ask = (timeLeftMs: number) =>
      patient.embed({ model: embeddingModel, texts: ["a"] }, context({ timeLeftMs }));
    await expect(ask(50)).rejects.toMatchObject({ code: "timeout" });
    const second = ask(30_000);
    loaded();
    expect((await second).vectors).toHaveLength(1);
    expect(slow.shelf.loadsBegun).toBe(1);
    await slow.close();
  });

  it("goes out at once when the model was used a moment ago", async () => {
    await ask();
    const before = server.received.length;
    await ask();
    expect(server.received.length).toBe(before + 1);
  });

  it("goes out at once, too, when time ran out in the midst of the last answer", async () => {
    await ask();
    server.inject({ kind: "stall", afterTokens: 1 }, { path: "/api/chat" });
    await expect(ask({ timeLeftMs: 200 })).rejects.toMatchObject({ code: "timeout" });
    const before = server.received.length;
    await ask();
    expect(server.received.length).toBe(before + 1);
  });

  it("never asks for a model to be loaded where it must not stay loaded", async () => {
    await using brief = ollama({ host: server.url, keepAlive: 0 });
    for await (const _ of brief.generate({ model, prompt: "hi" }, context())) {
    }
    expect(server.received.map(({ body }) => (body.messages as unknown[]).length)).toEqual([1]);
  });
});

describe("the provider", () => {
  it("tells on preloading how it goes, and that a model is nowhere", async () => {
    const seen = [];
    for await (const progress of provider.preload("llama3.2")) {
      seen.push(progress);
    }
    expect(seen).toEqual([
      { host: server.url, status: "loading" },
      { host: server.url, status: "loaded" },
    ]);
    expect(server.shelf.loaded().map(({ name }) => name)).toEqual([model]);
    await expect(provider.preload("nobody-has-this")[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: "model_not_found",
    });
  });

  it("preloads models for embeddings, which take no chat", async () => {
    const seen = [];
    for await (const { status } of provider.preload(embeddingModel)) {
      seen.push(status);
    }
    expect(seen).toEqual(["loading", "loaded"]);
    expect(server.shelf.loaded().map(({ name }) => name)).toEqual([embeddingModel]);
  });

  it("says on a failed download that there is no such model", async () => {
    const pulling = (async () => {
      for await (const _ of provider.pull("missing-model")) {
      }
    })();
    await expect(pulling).rejects.toMatchObject({ code: "model_not_found" });
  });

  it("ends a download when it is closed", async () => {
    server.inject({ kind: "stall", afterTokens: 1 });
    const pulling = (async () => {
      for await (const _ of provider.pull("big")) {
        void provider[Symbol.asyncDispose]();
      }
    })();
    await expect(pulling).rejects.toMatchObject({ code: "unavailable" });
  });

  it("reuses its connections, and leaves none behind", async () => {
    for (let call = 0; call < 10; call++) {
      await ask();
    }
    expect(new Set(server.received.map(({ clientPort }) => clientPort)).size).toBe(1);
    await provider[Symbol.asyncDispose]();
    await server.idle();
  });

  it("ends the connection of a server that goes on after the end", async () => {
    const parts = await answerWith({
      kind: "body",
      contentType: ndjson,
      body: lines(last, ...Array.from({ length: 50_000 }, () => token("more"))),
    });
    expect(parts).toEqual([expect.objectContaining({ type: "done" })]);
    await server.idle();
  });

  it("leaves no listener on a caller's signal and no timer behind", async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    const before = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    for (let call = 0; call < 5; call++) {
      await ask({ signal });
    }
    server.inject({ kind: "status", status: 500 });
    await ask({ signal }).catch(() => {});
    expect(add.mock.calls.length).toBeGreaterThan(0);
    expect(remove.mock.calls.length).toBe(add.mock.calls.length);
    expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length).toBeLessThanOrEqual(
      before,
    );
  });
});

describe("options", () => {
  for (const [options, field] of [
    [{ host: "http://a", hosts: ["http://b"] }, "hosts"],
    [{ hosts: [] }, "hosts"],
    [{ maxParallelPerHost: 0 }, "maxParallelPerHost"],
    [{ maxQueue: Number.POSITIVE_INFINITY }, "maxQueue"],
    [{ keepAlive: "soon" }, "keepAlive"],
    [{ breaker: { failures: -1 } }, "breaker.failures"],
    [{ hoost: "http://a" }, "hoost"],
    [{ host: "http://a?key=1" }, "address"],
  ] as const) {
    it(`${JSON.stringify(options)} is refused, and the message names ${field}`, () => {
      expect(() => ollama(options as object)).toThrow(
        expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(field) }),
      );
    });
  }

  it("take a host as OLLAMA_HOST may be written", async () => {
    for (const [host, url] of [
      ["gpu", "http://gpu:11434"],
      ["gpu:8080", "http://gpu:8080"],
      [":11435", "http://127.0.0.1:11435"],
      ["https://gpu/ollama/", "https://gpu/ollama"],
    ] as const) {
      await using one = ollama({ host });
      expect(one.status().hosts[0]?.url).toBe(url);
    }
  });
});
