import {
  type CallContext,
  collectAnswer,
  echoProvider,
  type Provider,
  ProviderError,
  scriptedProvider,
} from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { demo } from "../demo/demo.js";
import { route } from "./route.js";

const context = (): CallContext => ({
  signal: new AbortController().signal,
  timeLeftMs: 10_000,
  runId: "run",
  plugin: "plugin",
  tenant: "tenant",
});

const ask = async (provider: Provider, model: string) =>
  (await collectAnswer(provider.generate({ model, prompt: "hi" }, context()))).text;

const saying = (text: string): Provider => scriptedProvider(Array.from({ length: 20 }, () => text));
const failing = (code: ConstructorParameters<typeof ProviderError>[0]): Provider =>
  scriptedProvider(Array.from({ length: 20 }, () => new ProviderError(code, "no")));

describe("a route", () => {
  it("goes by the whole name first, then by the longest beginning, then to whoever takes all", async () => {
    const provider = route({
      "*": saying("all"),
      "gpt-*": saying("gpt"),
      "gpt-4*": saying("gpt-4"),
      "gpt-4o": saying("this one"),
    });
    expect(await ask(provider, "gpt-4o")).toBe("this one");
    expect(await ask(provider, "gpt-4o:latest")).toBe("this one");
    expect(await ask(provider, "gpt-4-turbo")).toBe("gpt-4");
    expect(await ask(provider, "gpt-3")).toBe("gpt");
    expect(await ask(provider, "llama3.2")).toBe("all");
  });

  it("says that there is no such model where nobody takes it", async () => {
    await expect(ask(route({ a: saying("a") }), "b")).rejects.toMatchObject({ code: "model_not_found" });
  });

  for (const code of [
    "unavailable",
    "overloaded",
    "timeout",
    "model_not_found",
    "unauthorized",
    "bad_response",
  ] as const) {
    it(`goes on to the next provider after ${code}`, async () => {
      expect(await ask(route({ "*": [failing(code), saying("second")] }), "m")).toBe("second");
    });
  }

  for (const code of ["bad_request", "refused", "aborted"] as const) {
    it(`stays with ${code}: another provider would say the same, or must not be asked`, async () => {
      const second = scriptedProvider(["second"]);
      await expect(ask(route({ "*": [failing(code), second] }), "m")).rejects.toMatchObject({ code });
      expect(second.requests).toEqual([]);
    });
  }

  it("gives the next provider only the time that is left, and asks nobody when there is none", async () => {
    const spend = async (ms: number) => {
      const began = performance.now();
      await expect.poll(() => performance.now() - began >= ms, { interval: 5 }).toBe(true);
      throw new ProviderError("timeout", "too late");
    };
    const slow: Provider = {
      ...echoProvider(),
      async *generate() {
        yield await spend(30);
      },
      embed: () => spend(30),
    };
    const left: number[] = [];
    const next: Provider = {
      ...echoProvider(),
      generate: (request, callContext) => {
        left.push(callContext.timeLeftMs);
        return echoProvider().generate(request, callContext);
      },
      embed: async (request, callContext) => {
        left.push(callContext.timeLeftMs);
        return echoProvider().embed?.(request, callContext) ?? spend(0);
      },
    };
    const provider = route({ "*": [slow, next] });
    const ask = (timeLeftMs: number) =>
      collectAnswer(provider.generate({ model: "m", prompt: "hi" }, { ...context(), timeLeftMs }));
    await ask(1_000);
    await provider.embed?.({ model: "m", texts: ["a"] }, { ...context(), timeLeftMs: 1_000 });
    expect(left).toHaveLength(2);
    expect(Math.max(...left)).toBeLessThanOrEqual(970);
    await expect(ask(20)).rejects.toMatchObject({ code: "timeout" });
    expect(left).toHaveLength(2);
  });

  it("says that it was the demo that answered, where a plugin has no room for that", async () => {
    const provider = route({ "*": [failing("unavailable"), demo({ anyModel: true })] });
    const parts = [];
    const prompt = "Rate this text's sentiment 0-10. Reply with just the number: I love it";
    for await (const part of provider.generate({ model: "m", prompt }, context())) {
      parts.push(part);
    }
    expect(parts).toEqual([
      { type: "text", text: expect.stringMatching(/^\d+$/) },
      expect.objectContaining({ type: "done", provider: "demo" }),
    ]);
    expect(await provider.embed?.({ model: "m", texts: ["a"] }, context())).toMatchObject({
      provider: "demo",
    });
  });

  it("stays with a provider that has begun to answer", async () => {
    const broken: Provider = {
      ...saying(""),
      async *generate() {
        yield { type: "text", text: "half" };
        throw new ProviderError("unavailable", "gone");
      },
    };
    await expect(ask(route({ "*": [broken, saying("second")] }), "m")).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it("lists of each provider what would be asked of it", async () => {
    const provider = route({
      a: echoProvider({ models: ["a:latest", "b:latest"] }),
      "*": echoProvider({ models: ["a:latest", "c:latest"] }),
    });
    const models = await provider.models(context());
    expect(models.map(({ name }) => name).sort()).toEqual(["a:latest", "c:latest"]);
  });

  it("lists what can be listed, and is well as long as one of them is", async () => {
    const down: Provider = {
      ...echoProvider(),
      name: "down",
      models: () => Promise.reject(new ProviderError("unavailable", "down")),
      health: async () => ({ status: "disconnected", message: "down" }),
    };
    const provider = route({ "gpt-*": down, "*": echoProvider() });
    expect(await provider.models(context())).toHaveLength(1);
    expect(await provider.health(context())).toMatchObject({
      status: "connected",
      message: expect.stringMatching(/^down: disconnected, down; echo: connected, /),
    });
    const alone = route({ "*": down });
    await expect(alone.models(context())).rejects.toMatchObject({ code: "unavailable" });
    expect(await alone.health(context())).toMatchObject({ status: "disconnected" });
  });

  it("closes each of its providers once", async () => {
    let closed = 0;
    const provider: Provider = {
      ...echoProvider(),
      async [Symbol.asyncDispose]() {
        closed += 1;
      },
    };
    await route({ a: provider, b: [provider, echoProvider()] })[Symbol.asyncDispose]?.();
    expect(closed).toBe(1);
  });

  it("is refused where it leads nowhere or its pattern means nothing", () => {
    for (const routes of [{ a: [] }, { "": echoProvider() }, { "*-4": echoProvider() }]) {
      expect(() => route(routes)).toThrow(expect.objectContaining({ code: "invalid_options" }));
    }
  });
});
