import type { CallContext, GeneratePart } from "@wasmforge/bridge";
import { createModelServer, type ModelServer } from "@wasmforge/model-server";
import { nodeTransport } from "@wasmforge/providers/toolkit";
import { describe, expect, it } from "vitest";
import { type OllamaOptions, type OllamaProvider, ollama } from "./index.js";
import { createOllamaServer, model } from "./test/opened-server.js";

const context = (change: Partial<CallContext> = {}): CallContext => ({
  signal: new AbortController().signal,
  timeLeftMs: 30_000,
  runId: "run",
  plugin: "plugin",
  tenant: "tenant",
  ...change,
});

async function ask(
  provider: OllamaProvider,
  change: Partial<CallContext> = {},
  prompt = "hi",
): Promise<string> {
  let text = "";
  for await (const part of provider.generate({ model, prompt }, context(change))) {
    text += part.type === "text" ? part.text : "";
  }
  return text;
}

const chats = ({ received }: ModelServer) =>
  received.filter(({ path, body }) => path === "/api/chat" && (body.messages as unknown[]).length > 0);

const quick: OllamaOptions = { breaker: { failures: 2, restMs: 1, maxRestMs: 1 } };

describe("one server, many callers", () => {
  it("never has more than it was given to do, and answers all of them", async () => {
    let busy = 0;
    let most = 0;
    await using server = await createModelServer({
      answer: async ({ prompt }) => {
        most = Math.max(most, ++busy);
        await new Promise((resolve) => setImmediate(resolve));
        busy -= 1;
        return { tokens: [prompt] };
      },
    });
    await using provider = ollama({ host: server.url, maxParallelPerHost: 3 });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => ask(provider, {}, `question ${index}`)),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => `question ${index}`));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
    expect(new Set(server.received.map(({ clientPort }) => clientPort)).size).toBeLessThanOrEqual(3);
  });

  it("serves two tenants alike, of which one sends ten times as much", async () => {
    const order: string[] = [];
    await using server = await createModelServer({
      answer: async ({ prompt }) => {
        order.push(prompt);
        await new Promise((resolve) => setImmediate(resolve));
        return { tokens: ["ok"] };
      },
    });
    await using provider = ollama({ host: server.url });
    await Promise.all([
      ...Array.from({ length: 200 }, () => ask(provider, { tenant: "loud" }, "loud")),
      ...Array.from({ length: 20 }, () => ask(provider, { tenant: "quiet" }, "quiet")),
    ]);
    // While both wait, each gets half, within a fifth.
    const half = order.lastIndexOf("quiet") + 1;
    expect(half).toBeLessThanOrEqual(48);
    expect(order).toHaveLength(220);
  });

  it("does not hold it against whoever came first that the model had to be loaded", async () => {
    const order: string[] = [];
    let loaded = () => {};
    await using server = await createModelServer({
      load: () => new Promise((resolve) => (loaded = resolve)),
      answer: ({ prompt }) => {
        order.push(prompt);
        return { tokens: ["ok"] };
      },
    });
    await using provider = ollama({ host: server.url });
    const calls = [
      ...Array.from({ length: 40 }, () => ask(provider, { tenant: "first" }, "first")),
      ...Array.from({ length: 40 }, () => ask(provider, { tenant: "second" }, "second")),
    ];
    await server.next("/api/chat");
    await new Promise((resolve) => setTimeout(resolve, 300));
    loaded();
    await Promise.all(calls);
    expect(order.slice(0, 20).filter((name) => name === "first").length).toBeGreaterThanOrEqual(7);
  });

  it("serves those whose model is there while another one is being loaded", async () => {
    const slow = "slow:latest";
    let loaded = () => {};
    await using server = await createModelServer({
      models: [{ name: model }, { name: slow }],
      load: (name) => (name === slow ? new Promise((resolve) => (loaded = resolve)) : Promise.resolve()),
    });
    await using provider = ollama({ host: server.url, maxParallelPerHost: 2 });
    await ask(provider);
    const asked = server.next("/api/chat");
    const askSlow = async (change: Partial<CallContext> = {}) => {
      for await (const part of provider.generate({ model: slow, prompt: "hi" }, context(change))) {
        if (part.type === "done") return part.usage.queueMs;
      }
      return undefined;
    };
    const leaving = new AbortController();
    const left = askSlow({ signal: leaving.signal }).catch((error) => error.code);
    const waiting = Array.from({ length: 5 }, () => askSlow());
    await asked;
    expect(await ask(provider)).toBe("You said: hi");
    // They wait in line, where their number is bounded; whoever leaves it does not end the loading for the others.
    expect(provider.status().waiting).toBeGreaterThanOrEqual(4);
    leaving.abort();
    expect(await left).toBe("aborted");
    loaded();
    expect(await Promise.all(waiting)).toHaveLength(5);
    expect(server.shelf.loadsBegun).toBe(2);
    expect(provider.status()).toMatchObject({ waiting: 0, hosts: [{ calls: 0 }] });
  });

  it("tells those who wait for a model that it cannot be loaded", async () => {
    await using server = await createOllamaServer();
    await using provider = ollama({ host: server.url, maxAttempts: 1 });
    server.inject({ kind: "status", status: 500, error: "no room on the GPU" }, { times: 99 });
    const codes = await Promise.all(
      Array.from({ length: 5 }, () => ask(provider).catch((error) => error.code)),
    );
    expect(codes).toEqual(Array.from({ length: 5 }, () => "unavailable"));
  });

  it("reports to each how long it waited", async () => {
    let go = () => {};
    await using server = await createModelServer({
      answer: async ({ prompt }) => {
        if (prompt === "first") {
          await new Promise<void>((resolve) => {
            go = resolve;
          });
        }
        return { tokens: ["ok"] };
      },
    });
    await using provider = ollama({ host: server.url, maxParallelPerHost: 1 });
    await ask(provider);
    const asked = server.next("/api/chat");
    const first = ask(provider, {}, "first");
    await asked;
    const parts: GeneratePart[] = [];
    const began = performance.now();
    const second = (async () => {
      for await (const part of provider.generate({ model, prompt: "second" }, context())) {
        parts.push(part);
      }
    })();
    expect(provider.status()).toMatchObject({ waiting: 1, hosts: [{ calls: 1 }] });
    await new Promise((resolve) => setTimeout(resolve, 30));
    go();
    await Promise.all([first, second]);
    const done = parts.at(-1);
    const queueMs = done?.type === "done" ? (done.usage.queueMs ?? 0) : 0;
    expect(queueMs).toBeGreaterThanOrEqual(25);
    expect(queueMs).toBeLessThanOrEqual(performance.now() - began);
  });

  it("is asked again when it was too busy for a moment", async () => {
    await using server = await createOllamaServer();
    await using provider = ollama({ host: server.url });
    await ask(provider);
    server.inject({ kind: "status", status: 503 }, { path: "/api/chat", times: 2 });
    expect(await ask(provider)).toBe("You said: hi");
    expect(chats(server)).toHaveLength(4);
  });
});

describe("a server that goes away", () => {
  it("and comes back is used again without anybody's doing", async () => {
    const server = await createOllamaServer();
    const port = Number(new URL(server.url).port);
    await using provider = ollama({ host: server.url, ...quick, maxAttempts: 1 });
    await ask(provider);
    await server.close();
    for (let call = 0; call < 5; call++) {
      await expect(ask(provider)).rejects.toMatchObject({ code: "unavailable" });
    }
    expect(provider.status().hosts[0]?.state).toBe("open");
    expect(await provider.health(context())).toMatchObject({ status: "disconnected" });
    await using again = await createOllamaServer({ port });
    await expect.poll(() => ask(provider), { interval: 5 }).toBe("You said: hi");
    expect(provider.status().hosts[0]?.state).toBe("closed");
    expect(chats(again).length).toBeGreaterThan(0);
  });

  it("does so while its callers wait, and they hear of it at once", async () => {
    const server = await createModelServer({ answer: () => new Promise(() => {}) });
    await using provider = ollama({ host: server.url, ...quick, maxAttempts: 1 });
    const arrived = server.next("/api/chat").then(() => server.next("/api/chat"));
    const calls = Array.from({ length: 20 }, () => ask(provider).catch((error) => error.code));
    await arrived;
    await server.close();
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["unavailable"]));
  });
});

describe("the state of health", () => {
  it("of a server that was away is asked for again at once, and of one that is well kept for a moment", async () => {
    const server = await createOllamaServer();
    const port = Number(new URL(server.url).port);
    await using provider = ollama({ host: server.url, freshMs: 60_000 });
    await server.close();
    expect(await provider.health(context())).toMatchObject({ status: "disconnected" });
    await using again = await createOllamaServer({ port });
    for (let asked = 0; asked < 3; asked++) {
      expect(await provider.health(context())).toMatchObject({ status: "connected" });
    }
    expect(again.received.map(({ path }) => path)).toEqual(["/api/version"]);
  });
});

describe("several servers", () => {
  it("share the work, and a model that only one of them has is found", async () => {
    await using a = await createOllamaServer({ models: [{ name: model }] });
    await using b = await createOllamaServer({ models: [{ name: model }, { name: "mistral:latest" }] });
    await using provider = ollama({ hosts: [a.url, b.url] });
    for (let call = 0; call < 3; call++) {
      for await (const _ of provider.generate({ model: "mistral", prompt: "hi" }, context())) {
      }
    }
    expect(chats(b)).toHaveLength(3);
    expect(a.received.filter(({ path }) => path === "/api/chat")).toHaveLength(1);
    await Promise.all(Array.from({ length: 8 }, () => ask(provider)));
    expect(chats(a).length).toBeGreaterThan(0);
    expect(chats(b).length).toBeGreaterThan(3);
    const names = (await provider.models(context())).map(({ name }) => name);
    expect(names.sort()).toEqual([model, "mistral:latest"]);
  });

  it("prefer the one that has the model in memory", async () => {
    await using a = await createOllamaServer();
    await using b = await createOllamaServer();
    await using provider = ollama({ hosts: [a.url, b.url] });
    for (let call = 0; call < 5; call++) {
      await ask(provider);
    }
    expect([chats(a).length, chats(b).length].sort()).toEqual([0, 5]);
    expect(a.shelf.loadsBegun + b.shelf.loadsBegun).toBe(1);
  });

  it("stand in for one that dies, and its callers notice nothing", async () => {
    const a = await createOllamaServer();
    await using b = await createOllamaServer();
    await using provider = ollama({ hosts: [a.url, b.url], ...quick });
    for await (const _ of provider.preload(model)) {
    }
    await a.close();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(provider)));
    expect(new Set(answers)).toEqual(new Set(["You said: hi"]));
    expect(await provider.health(context())).toMatchObject({
      status: "connected",
      message: expect.stringMatching(/^1 of 2 servers answer/),
    });
    expect((await provider.models(context())).length).toBeGreaterThan(0);
  });

  it("of which one is dead list what the others have, and it is not asked again each time", async () => {
    let asked = 0;
    const { url } = await createOllamaServer().then(async (dead) => {
      await dead.close();
      return dead;
    });
    await using b = await createOllamaServer();
    const transport = nodeTransport();
    await using provider = ollama({
      hosts: [url, b.url],
      freshMs: 0,
      breaker: { failures: 2, restMs: 60_000, maxRestMs: 60_000 },
      transport: {
        send: (request) => {
          asked += request.url.startsWith(url) ? 1 : 0;
          return transport.send(request);
        },
        [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
      },
    });
    for (let count = 0; count < 10; count++) {
      expect((await provider.models(context())).length).toBeGreaterThan(0);
    }
    expect(asked).toBe(2);
  });

  it("say so when they have different weights under one name", async () => {
    await using a = await createOllamaServer({ models: [{ name: model, digest: "a".repeat(64) }] });
    await using b = await createOllamaServer({ models: [{ name: model, digest: "b".repeat(64) }] });
    await using provider = ollama({ hosts: [a.url, b.url] });
    const [listed] = await provider.models(context());
    expect(listed).toMatchObject({
      name: model,
      notice: "not all servers have the same weights under this name",
    });
    expect(listed?.digest).toBeUndefined();
  });
});
