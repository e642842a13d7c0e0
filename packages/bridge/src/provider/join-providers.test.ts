import { afterEach, describe, expect, it, vi } from "vitest";
import { collectAnswer } from "./collect-answer.js";
import { joinProviders } from "./join-providers.js";
import type { CallContext, ModelInfo, Provider } from "./provider.js";
import { ProviderError, type ProviderErrorCode } from "./provider-error.js";
import { scriptedProvider } from "./scripted-provider.js";

afterEach(() => {
  vi.useRealTimers();
});

function contextWith(signal = new AbortController().signal): CallContext {
  return { signal, timeLeftMs: 1_000, runId: "r", plugin: "p", tenant: "t" };
}
const context = contextWith();

/** Answers with its own name. */
function named(name: string, models: readonly string[], others: Partial<Provider> = {}): Provider {
  return {
    ...scriptedProvider(
      Array.from({ length: 20 }, () => name),
      { models },
    ),
    name,
    embed: async () => ({ vectors: [[name.length]], usage: { promptTokens: 1, completionTokens: 0 } }),
    ...others,
  };
}

function away(models: readonly string[] = []): Provider {
  return named("away", models, {
    models: () => Promise.reject(new ProviderError("unavailable", "down")),
  });
}

async function whoAnswers(provider: Provider, model: string): Promise<string> {
  const { text } = await collectAnswer(provider.generate({ model, prompt: "p" }, context));
  return text;
}

async function codeOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    return ProviderError.is(error) ? error.code : error;
  }
}

describe("providers under one roof", () => {
  it("are each asked for their own models", async () => {
    const joined = joinProviders([named("one", ["a", "b:7b"]), named("two", ["c"])]);
    expect(await whoAnswers(joined, "a:latest")).toBe("one");
    expect(await whoAnswers(joined, "b:7b")).toBe("one");
    expect(await whoAnswers(joined, "c:latest")).toBe("two");
    expect(await joined.embed?.({ model: "c:latest", texts: ["t"] }, context)).toMatchObject({
      vectors: [[3]],
    });
    expect(joined.name).toBe("one+two");
  });

  it("say which of them answered, unless he says it himself", async () => {
    const relay = named("relay", ["b"], {
      async *generate() {
        const usage = { promptTokens: 1, completionTokens: 1 };
        yield { type: "done", reason: "stop", usage, provider: "somebody behind it" };
      },
    });
    const joined = joinProviders([named("one", ["a"]), relay]);
    const last = async (model: string) => {
      const parts = [];
      for await (const part of joined.generate({ model, prompt: "p" }, context)) parts.push(part);
      return parts.at(-1);
    };
    expect(await last("a:latest")).toMatchObject({ type: "done", provider: "one" });
    expect(await last("b:latest")).toMatchObject({ type: "done", provider: "somebody behind it" });
    expect(await joined.embed?.({ model: "a:latest", texts: ["t"] }, context)).toMatchObject({
      provider: "one",
    });
  });

  it("that have a model of the same name: it is the first one's", async () => {
    const joined = joinProviders([named("one", ["a"]), named("two", ["a:latest", "b"])]);
    expect(await whoAnswers(joined, "a:latest")).toBe("one");
    expect((await joined.models(context)).map(({ name }) => name)).toEqual(["a:latest", "b:latest"]);
  });

  it("do not have what none of them has", async () => {
    const joined = joinProviders([named("one", ["a"]), named("two", [])]);
    expect(await codeOf(whoAnswers(joined, "x:latest"))).toBe("model_not_found");
    expect(await codeOf(whoAnswers(joinProviders([]), "x:latest"))).toBe("model_not_found");
    expect(await joinProviders([]).models(context)).toEqual([]);
  });

  it("of which one answers to every name leave it what nobody lists", async () => {
    const any = named("any", [], { anyModel: true });
    const joined = joinProviders([any, named("two", ["b"])]);
    expect(joined.anyModel).toBe(true);
    expect(await whoAnswers(joined, "b:latest")).toBe("two");
    expect(await whoAnswers(joined, "x:latest")).toBe("any");
    expect(joinProviders([named("one", []), named("two", [])]).anyModel).toBeUndefined();
  });

  it("of which one is away still have what the others have, and may have what he has", async () => {
    const joined = joinProviders([away(["a"]), named("two", ["b"])]);
    expect(await whoAnswers(joined, "b:latest")).toBe("two");
    expect(await codeOf(whoAnswers(joined, "a:latest"))).toBe("unavailable");
    expect((await joined.models(context)).map(({ name }) => name)).toEqual(["b:latest"]);
  });

  it("that are all away have no list, and say why", async () => {
    const joined = joinProviders([away(), away()]);
    expect(await codeOf(joined.models(context))).toBe("unavailable");
  });

  it("of which one never says what it has hold each other up for its patience, once", async () => {
    vi.useFakeTimers();
    const silent = named("silent", [], { models: () => new Promise(() => {}) });
    const joined = joinProviders([silent, named("two", ["b"])], { patienceMs: 500, now: () => Date.now() });
    let answers = 0;
    const ask = () => whoAnswers(joined, "b:latest").then(() => answers++);
    const first = ask();
    await vi.advanceTimersByTimeAsync(499);
    expect(answers).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    await first;
    for (let minute = 0; minute < 3; minute++) {
      await vi.advanceTimersByTimeAsync(60_000);
      // It is asked again, beside the call.
      await ask();
    }
    expect(answers).toBe(4);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("wait no longer than a call has time for, and say how much of it is left", async () => {
    vi.useFakeTimers();
    let say = (_: readonly ModelInfo[]) => {};
    const slow = named("slow", [], { models: () => new Promise((resolve) => (say = resolve)) });
    let left = 0;
    const two = named("two", [], {
      models: async () => [toModel("b")],
      async *generate(_request, { timeLeftMs }) {
        left = timeLeftMs;
        yield { type: "done", reason: "stop", usage: { promptTokens: 1, completionTokens: 1 } };
      },
    });
    const joined = joinProviders([slow, two], { now: () => Date.now() });
    const impatient = codeOf(
      collectAnswer(joined.generate({ model: "b:latest", prompt: "p" }, { ...context, timeLeftMs: 100 })),
    );
    const patient = whoAnswers(joined, "b:latest");
    await vi.advanceTimersByTimeAsync(100);
    expect(await impatient).toBe("timeout");
    await vi.advanceTimersByTimeAsync(300);
    say([]);
    await patient;
    expect(left).toBe(600);
    await whoAnswers(joined, "b:latest");
    expect(left).toBe(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[readonly ProviderErrorCode[], ProviderErrorCode]>([
    [["unauthorized"], "unauthorized"],
    [["bad_response"], "bad_response"],
    [["bad_response", "unavailable"], "unavailable"],
    [["overloaded", "unauthorized"], "overloaded"],
  ])("that cannot say what they have, for %j: what nobody lists is %s", async (codes, told) => {
    const providers = codes.map((code) =>
      named(code, [], { models: () => Promise.reject(new ProviderError(code, "no")) }),
    );
    const joined = joinProviders([...providers, named("well", ["b"])]);
    expect(await codeOf(whoAnswers(joined, "a:latest"))).toBe(told);
    expect(await whoAnswers(joined, "b:latest")).toBe("well");
  });

  it("of which one breaks the port's promises are unavailable for what nobody lists", async () => {
    const broken = named("broken", [], { models: () => Promise.reject(new TypeError("x of undefined")) });
    const joined = joinProviders([broken, named("two", ["b"])]);
    const error = await whoAnswers(joined, "a:latest").then(
      () => expect.unreachable(),
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: "unavailable", cause: expect.any(TypeError) });
  });

  it("find out by themselves that one is back, and that one has gone", async () => {
    let time = 0;
    let models: readonly string[] | undefined;
    const changing = named("one", [], {
      models: async () => {
        if (!models) throw new ProviderError("unavailable", "down");
        return models.map(toModel);
      },
    });
    const joined = joinProviders([changing, named("two", ["b"])], { now: () => time });
    expect(await codeOf(whoAnswers(joined, "a:latest"))).toBe("unavailable");
    models = ["a"];
    time += 1_001;
    await codeOf(whoAnswers(joined, "a:latest"));
    expect(await whoAnswers(joined, "a:latest")).toBe("one");
    models = undefined;
    expect(await whoAnswers(joined, "a:latest")).toBe("one");
    time += 10_001;
    expect(await codeOf(whoAnswers(joined, "a:latest"))).toBe("unavailable");
  });

  it("are asked what they have once for all who want to know, and not again for a while", async () => {
    let time = 0;
    let asked = 0;
    const counting = named("one", [], {
      models: async () => {
        asked++;
        return [toModel("a")];
      },
    });
    const joined = joinProviders([counting, named("two", ["b"])], { now: () => time });
    await Promise.all([1, 2, 3].map(() => whoAnswers(joined, "a:latest")));
    time += 9_999;
    await joined.models(context);
    expect(asked).toBe(1);
    time += 2;
    await joined.models(context);
    expect(asked).toBe(2);
  });

  it("do not keep waiting whoever leaves", async () => {
    const silent = named("silent", [], { models: () => new Promise(() => {}) });
    const joined = joinProviders([silent, named("two", [])], { patienceMs: 10 });
    const controller = new AbortController();
    const answers = [
      joined.models(contextWith(controller.signal)),
      collectAnswer(joined.generate({ model: "a", prompt: "p" }, contextWith(controller.signal))),
    ];
    controller.abort();
    for (const answer of answers) expect(await codeOf(answer)).toBe("aborted");
    expect(await codeOf(joined.models(contextWith(AbortSignal.abort())))).toBe("aborted");
  });

  it.each<[string, unknown]>([
    ["no list", undefined],
    ["a list of nonsense", [null, 5, {}, { name: 5 }]],
  ])("survive one that has %s", async (_, models) => {
    const lying = named("lying", [], { models: async () => models as ModelInfo[] });
    const joined = joinProviders([lying, named("two", ["b"])]);
    expect(await whoAnswers(joined, "b:latest")).toBe("two");
    expect(await joined.models(context)).toHaveLength(1);
  });

  it("survive ten thousand models", async () => {
    const many = named(
      "many",
      Array.from({ length: 10_000 }, (_, at) => `m${at}`),
    );
    const joined = joinProviders([many, named("two", ["b"])]);
    expect(await whoAnswers(joined, "m9999:latest")).toBe("many");
    expect(await joined.models(context)).toHaveLength(10_001);
  });

  it("free what one of them holds when the answer is no longer wanted", async () => {
    let isFreed = false;
    const holding = named("one", ["a"], {
      async *generate() {
        try {
          for (;;) yield { type: "text", text: "x" };
        } finally {
          isFreed = true;
        }
      },
    });
    const joined = joinProviders([holding, named("two", [])]);
    for await (const part of joined.generate({ model: "a:latest", prompt: "p" }, context)) {
      expect(part).toEqual({ type: "text", text: "x" });
      break;
    }
    expect(isFreed).toBe(true);
  });

  it("are well when all are, and say of each how it is", async () => {
    const ill = named("ill", [], { health: async () => ({ status: "disconnected", message: "start it" }) });
    const worse = named("worse", [], { health: async () => ({ status: "error", message: "give it a key" }) });
    const well = named("well", []);
    expect((await joinProviders([well, named("two", [])]).health(context)).status).toBe("connected");
    expect(await joinProviders([well, ill]).health(context)).toEqual({
      status: "disconnected",
      message: "well: it follows its script; ill: start it",
    });
    expect((await joinProviders([ill, worse]).health(context)).status).toBe("error");
  });

  it("have embeddings only where the model's provider has", async () => {
    const { embed: _, ...without } = named("one", ["a"]);
    const joined = joinProviders([without, named("two", [])]);
    expect(
      await codeOf(joined.embed?.({ model: "a:latest", texts: ["t"] }, context) as Promise<unknown>),
    ).toBe("bad_request");
  });

  it("are the only one where there is one: it is asked for models that it does not list, too", () => {
    const only = named("one", []);
    expect(joinProviders([only])).toBe(only);
  });
});

function toModel(name: string): ModelInfo {
  return { name, kind: "text", description: "", available: true };
}
