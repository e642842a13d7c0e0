import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallContext, GenerateRequest, ModelInfo, Provider } from "@wasmforge/bridge";
import { collectAnswer, ProviderError, scriptedProvider } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { readModelRegistry } from "../platform/read-model-registry.js";
import { createModelRegistry, type Declarations } from "./model-registry.js";
import { type RegistryOptions, type WeightsReport, withRegistry } from "./with-registry.js";

const digest = "a".repeat(64);
const context = (): CallContext => ({
  signal: new AbortController().signal,
  timeLeftMs: 10_000,
  runId: "run",
  plugin: "plugin",
  tenant: "tenant",
});

const llama: ModelInfo = {
  name: "llama3.2:latest",
  kind: "text",
  description: "llama, 3.2B",
  available: true,
  digest: `sha256:${digest}`,
  contextLength: 8192,
};

function setUp(declarations: Declarations, options: RegistryOptions = {}, models: ModelInfo[] = [llama]) {
  const script = scriptedProvider(Array.from({ length: 20 }, () => "yes"));
  const seen: { timeLeftMs: number; texts?: readonly string[]; model?: string }[] = [];
  const behind: Provider = {
    ...script,
    name: "behind",
    generate: (request, callContext) => {
      seen.push(callContext);
      return script.generate(request, callContext);
    },
    embed: async (request) => {
      seen.push({ timeLeftMs: 0, ...request });
      return { vectors: [[1]], usage: { promptTokens: 1, completionTokens: 0 } };
    },
    models: async () => models,
  };
  const reports: WeightsReport[] = [];
  const registry = createModelRegistry(declarations);
  const provider = withRegistry(behind, registry, { onReport: (report) => reports.push(report), ...options });
  const ask = (request: Partial<GenerateRequest> = {}) =>
    collectAnswer(provider.generate({ model: "summarizer@2", prompt: "hi", ...request }, context()));
  return { provider, registry, requests: script.requests, reports, ask, seen, behind };
}

describe("an alias", () => {
  it("with other weights is answered, or listed, whatever becomes of who is told of them", async () => {
    for (const onReport of [() => expect.fail("at once"), () => Promise.reject(new Error("later"))]) {
      const pinned = { "summarizer@2": { target: "llama3.2", digest: "0".repeat(12) } };
      const { ask, provider } = setUp(pinned, { onReport });
      expect((await provider.models(context())).map(({ name }) => name)).toEqual(["summarizer@2"]);
      expect((await ask()).text).toBe("yes");
    }
  });

  it("is what plugins call; the provider is asked for what is behind it", async () => {
    const { ask, requests } = setUp({ "summarizer@2": "llama3.2" });
    expect((await ask()).text).toBe("yes");
    expect(requests).toEqual([{ model: "llama3.2:latest", prompt: "hi" }]);
  });

  it("is listed with what was declared and what is known of the model, and nothing else is", async () => {
    const { provider } = setUp({
      "summarizer@2": { target: "llama3.2", kind: "code", description: "short and good" },
      "gone@1": "mistral",
      plain: "llama3.2",
    });
    expect(await provider.models(context())).toEqual([
      { ...llama, name: "summarizer@2", kind: "code", description: "short and good" },
      { name: "gone@1", kind: "text", description: "", available: false },
      { ...llama, name: "plain:latest" },
    ]);
  });

  it("is the only name there is, unless others are let through", async () => {
    const closed = setUp({ "summarizer@2": "llama3.2" });
    await expect(closed.ask({ model: "llama3.2" })).rejects.toMatchObject({ code: "model_not_found" });
    const open = setUp({ "summarizer@2": "llama3.2" }, { alsoUndeclared: true });
    await open.ask({ model: "llama3.2:latest" });
    expect(open.requests[0]?.model).toBe("llama3.2:latest");
    expect((await open.provider.models(context())).map(({ name }) => name)).toEqual([
      "summarizer@2",
      "llama3.2:latest",
    ]);
  });

  it("can be changed while it is in use", async () => {
    const { ask, requests, registry } = setUp({ "summarizer@2": "llama3.2" });
    await ask();
    registry.declare("summarizer@2", "mistral");
    await ask();
    registry.withdraw("summarizer@2");
    await expect(ask()).rejects.toMatchObject({ code: "model_not_found" });
    registry.replace({ "summarizer@2": "gemma2:2b" });
    await ask();
    expect(requests.map(({ model }) => model)).toEqual(["llama3.2:latest", "mistral:latest", "gemma2:2b"]);
    expect(() => registry.replace({ "summarizer@2": "" })).toThrow();
    expect(registry.find("summarizer@2")?.target).toBe("gemma2:2b");
  });

  it("has limits of its own, which can only be stricter", async () => {
    const limits = { maxPromptChars: 10, maxTokens: 50, maxImages: 1, timeoutMs: 500 };
    const { ask, requests, seen, provider } = setUp({ "summarizer@2": { target: "llama3.2", limits } });
    await ask();
    await ask({ maxTokens: 20 });
    await ask({ maxTokens: 100 });
    expect(requests.map(({ maxTokens }) => maxTokens)).toEqual([50, 20, 50]);
    expect(seen[0]?.timeLeftMs).toBe(500);
    await expect(ask({ prompt: "12345678", system: "123" })).rejects.toMatchObject({ code: "bad_request" });
    const image = Uint8Array.of(1);
    await expect(ask({ images: [image, image] })).rejects.toMatchObject({ code: "bad_request" });
    await expect(
      provider.embed?.({ model: "summarizer@2", texts: ["123456", "123456"] }, context()),
    ).rejects.toMatchObject({ code: "bad_request" });
    expect(requests).toHaveLength(3);
  });

  it("is good for embeddings, too, and only where the provider has them", async () => {
    const { provider, seen, behind, registry } = setUp({ "summarizer@2": "llama3.2" });
    await provider.embed?.({ model: "summarizer@2", texts: ["a"] }, context());
    expect(seen[0]).toMatchObject({ model: "llama3.2:latest", texts: ["a"] });
    const { embed: _, ...without } = behind;
    expect(withRegistry(without, registry).embed).toBeUndefined();
  });
});

describe("the weights behind an alias", () => {
  it("are compared as far as they were declared", async () => {
    for (const declared of [`llama3.2@sha256:${digest}`, `llama3.2:latest@sha256:${digest.slice(0, 12)}`]) {
      const { ask, reports } = setUp({ "summarizer@2": declared }, { onOtherWeights: "refuse" });
      await ask();
      expect(reports).toEqual([]);
    }
  });

  const other = { "summarizer@2": { target: "llama3.2", digest: "b".repeat(64) } };

  it("are reported once when they are others, and the plugin is served", async () => {
    const { ask, reports, provider } = setUp(other);
    await ask();
    await ask();
    expect(reports).toEqual([
      {
        alias: "summarizer@2",
        target: "llama3.2:latest",
        declared: "b".repeat(64),
        found: `sha256:${digest}`,
      },
    ]);
    expect(await provider.models(context())).toMatchObject([
      { available: true, notice: expect.stringContaining("weights") },
    ]);
  });

  it("are reported again when they were right in between", async () => {
    const models = [llama];
    const { provider, reports } = setUp({ "summarizer@2": { target: "llama3.2", digest } }, {}, models);
    for (const found of ["b", "a", "b"]) {
      models[0] = { ...llama, digest: `sha256:${found.repeat(64)}` };
      await provider.models(context());
    }
    expect(reports).toHaveLength(2);
  });

  it("are refused when they are others, if that is asked for", async () => {
    const { ask, requests, reports, provider } = setUp(other, { onOtherWeights: "refuse" });
    await expect(ask()).rejects.toMatchObject({ code: "refused", retryable: false });
    expect(requests).toEqual([]);
    expect(reports).toHaveLength(1);
    expect(await provider.models(context())).toMatchObject([{ available: false }]);
  });

  it("that nobody can tell count as others", async () => {
    const { digest: _, ...unknown } = llama;
    const { ask } = setUp(other, { onOtherWeights: "refuse" }, [unknown]);
    await expect(ask()).rejects.toMatchObject({ code: "refused" });
    const down = setUp(other, { onOtherWeights: "refuse" });
    const away = withRegistry(
      { ...down.behind, models: () => Promise.reject(new ProviderError("unavailable", "down")) },
      down.registry,
      { onOtherWeights: "refuse" },
    );
    await expect(
      collectAnswer(away.generate({ model: "summarizer@2", prompt: "hi" }, context())),
    ).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("weights that cannot be looked at", () => {
  const pinned = { "summarizer@2": { target: "Llama3.2", digest } };

  it("because the provider lists the model under another name are refused, and reported", async () => {
    // Ollama takes names in any case, and lists them in one.
    const { ask, requests, reports } = setUp(pinned, { onOtherWeights: "refuse" });
    await expect(ask()).rejects.toMatchObject({ code: "refused" });
    expect(requests).toEqual([]);
    expect(reports).toEqual([
      { alias: "summarizer@2", target: "Llama3.2:latest", declared: digest, found: undefined },
    ]);
    const lenient = setUp(pinned);
    await lenient.ask();
    expect(lenient.reports).toHaveLength(1);
  });

  it("because the list does not come hold no call up, unless others are refused", async () => {
    const silent = (onOtherWeights: "report" | "refuse") => {
      const { behind, registry } = setUp({ "summarizer@2": { target: "llama3.2", digest } });
      const models: Provider["models"] = ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      return withRegistry({ ...behind, models }, registry, { onOtherWeights });
    };
    const ask = (provider: Provider, timeLeftMs: number) =>
      collectAnswer(provider.generate({ model: "summarizer@2", prompt: "hi" }, { ...context(), timeLeftMs }));
    expect((await ask(silent("report"), 10_000)).text).toBe("yes");
    await expect(ask(silent("refuse"), 20)).rejects.toMatchObject({ code: "timeout" });
  });

  it("for a while have that while taken from what a call has left", async () => {
    const { behind, registry, seen } = setUp({ "summarizer@2": { target: "llama3.2", digest } });
    const models: Provider["models"] = async () => {
      const began = performance.now();
      await expect.poll(() => performance.now() - began > 20).toBe(true);
      return [llama];
    };
    const provider = withRegistry({ ...behind, models }, registry, { onOtherWeights: "refuse" });
    await collectAnswer(provider.generate({ model: "summarizer@2", prompt: "hi" }, context()));
    expect(seen[0]?.timeLeftMs).toBeLessThanOrEqual(9_980);
  });
});

describe("declarations", () => {
  it("may come from a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "registry-"));
    const file = join(folder, "models.json");
    await writeFile(file, JSON.stringify({ "summarizer@2": `llama3.2@sha256:${digest}` }));
    expect((await readModelRegistry(file)).find("summarizer@2")).toMatchObject({
      target: "llama3.2:latest",
      digest,
    });
    await writeFile(file, "{");
    await expect(readModelRegistry(file)).rejects.toMatchObject({ code: "invalid_options" });
    await rm(folder, { recursive: true });
    await expect(readModelRegistry(file)).rejects.toMatchObject({ code: "invalid_options" });
  });

  for (const [declarations, word] of [
    [{ a: "" }, "a"],
    [{ a: { target: "x", digest: "zz" } }, "digest"],
    [{ a: "x@sha256:123" }, "digest"],
    [{ a: { target: "x", limits: { maxTokens: 0 } } }, "maxTokens"],
    [{ a: { target: "x", limit: {} } }, "a"],
    [{ a: "x", "a:latest": "y" }, "same"],
    [{ "a b": "x" }, "a b"],
    [[], "model registry"],
    [null, "model registry"],
  ] as const) {
    it(`${JSON.stringify(declarations)} are refused, and the message says what is wrong`, () => {
      expect(() => createModelRegistry(declarations as never)).toThrow(
        expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(word) }),
      );
    });
  }
});
