import { afterEach, describe, expect, it, vi } from "vitest";
import { ProviderError } from "../provider/provider-error.js";
import { scriptedProvider } from "../provider/scripted-provider.js";
import {
  createGateway,
  createLab,
  done,
  type LabOptions,
  providerOf,
  untilAborted,
} from "../test/gate-lab.js";

const ask = { model: "m", prompt: "hello" };
const text = (value: unknown) => ({ type: "text", text: value });

afterEach(() => {
  vi.useRealTimers();
});

async function codeOf(options: LabOptions, op = "call_ai", fields: object = ask): Promise<unknown> {
  const { call, gate } = createLab(options);
  const answer = await call(op, fields);
  gate.close();
  return "error" in answer ? answer.error.code : answer;
}

/** An object that throws at whoever looks at it. */
const untouchable: unknown = new Proxy(
  {},
  {
    get() {
      throw new Error("get");
    },
    has() {
      throw new Error("has");
    },
    getPrototypeOf() {
      throw new Error("getPrototypeOf");
    },
  },
);

const thrown: [string, unknown, string][] = [
  ["a ProviderError", new ProviderError("unavailable", "down"), "unavailable"],
  ["an Error", new Error("http://10.0.0.1/key=secret"), "provider_failed"],
  ["a text", "secret", "provider_failed"],
  ["null", null, "provider_failed"],
  ["nothing", undefined, "provider_failed"],
  ["an object with throwing getters", untouchable, "provider_failed"],
  [
    "a ProviderError of another copy of this package",
    Object.assign(new Error("busy"), { [Symbol.for("wasmforge.ProviderError")]: true, code: "overloaded" }),
    "overloaded",
  ],
  [
    "a ProviderError with a code that does not exist",
    Object.assign(new Error("x"), { [Symbol.for("wasmforge.ProviderError")]: true, code: "toString" }),
    "provider_failed",
  ],
];

describe("a provider that throws", () => {
  for (const [what, value, code] of thrown) {
    it.each<[string, () => unknown]>([
      [
        "at once",
        () => {
          throw value;
        },
      ],
      [
        "when it is asked for an iterator",
        () => ({
          [Symbol.asyncIterator]() {
            throw value;
          },
        }),
      ],
      [
        "in its first step",
        () => ({
          [Symbol.asyncIterator]: () => ({
            next() {
              throw value;
            },
          }),
        }),
      ],
      [
        "after some text",
        async function* () {
          yield text("some");
          throw value;
        },
      ],
    ])(`${what} %s fails the call with a code`, async (_, generate) => {
      expect(await codeOf({ provider: providerOf(generate) })).toBe(code);
    });

    it(`${what} fails an embedding with a code`, async () => {
      const provider = providerOf(() => [], {
        embed() {
          throw value;
        },
      });
      expect(await codeOf({ provider }, "embed", { model: "m", texts: ["a"] })).toBe(code);
    });

    it(`${what} does not fail the list of models`, async () => {
      const provider = providerOf(() => [], {
        models() {
          throw value;
        },
      });
      expect(await codeOf({ provider }, "list_models", {})).toEqual({ ok: ["m:latest"] });
    });
  }

  it("tells the plugin nothing of it", async () => {
    const failure = new Error("http://10.0.0.1/?key=secret");
    const { call } = createLab({ provider: scriptedProvider([failure]) });
    expect(JSON.stringify(await call("call_ai", ask))).not.toMatch(/secret|10\.0|stack|\.ts/);
  });

  it("tells the plugin a message that is short, whatever its length", async () => {
    const failure = new ProviderError("refused", "\u001b".repeat(1_000_000));
    const { call } = createLab({ provider: scriptedProvider([failure]) });
    expect(JSON.stringify(await call("call_ai", ask)).length).toBeLessThan(5_000);
  });
});

describe("a provider that answers with nonsense", () => {
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", "fine"],
    ["a number", 5],
    ["a promise", Promise.resolve("fine")],
    ["an empty object", {}],
  ])("such as %s instead of an answer fails the call", async (_, answer) => {
    expect(await codeOf({ provider: providerOf(() => answer) })).toMatch(/provider_failed|bad_response/);
  });

  it.each<[string, unknown]>([
    ["a number for text", text(5)],
    ["a list for text", text(["a"])],
    ["an object that turns into text", text({ toString: () => "fine" })],
    ["no text", { type: "text" }],
    ["no type", { text: "fine" }],
    ["another type", { type: "image", text: "fine" }],
    ["a text", "fine"],
    ["null", null],
    ["an object with throwing getters", untouchable],
  ])("such as %s as a part fails the call", async (_, part) => {
    const provider = providerOf(async function* () {
      yield part;
      yield done;
    });
    expect(await codeOf({ provider })).toMatch(/provider_failed|bad_response/);
  });

  it.each([[undefined], [null], ["fine"], [{}], [5]])("such as %j as a step fails the call", async (step) => {
    const provider = providerOf(() => ({ [Symbol.asyncIterator]: () => ({ next: () => step }) }));
    expect(await codeOf({ provider })).toBe("bad_response");
  });

  it("such as an end in the middle fails the call", async () => {
    expect(await codeOf({ provider: scriptedProvider([[{ type: "text", text: "and then" }]]) })).toBe(
      "bad_response",
    );
    expect(await codeOf({ provider: scriptedProvider([[]]) })).toBe("bad_response");
  });

  it("such as a refusal at the end fails the call", async () => {
    const { call } = createLab({
      provider: scriptedProvider([[{ ...done, reason: "refused" } as never]]),
    });
    expect(await call("call_ai", ask)).toMatchObject({ error: { code: "refused" } });
  });

  it.each<[unknown]>([
    [undefined],
    [null],
    ["many"],
    [{}],
    [{ promptTokens: Number.NaN, completionTokens: -5 }],
    [{ promptTokens: 1e308, completionTokens: "7" }],
    [{ promptTokens: Number.POSITIVE_INFINITY, completionTokens: 0.5 }],
    [{ promptTokens: 0, completionTokens: 0 }],
  ])("such as %j as its usage is charged what was seen", async (usage) => {
    const provider = providerOf(async function* () {
      yield { type: "thinking", text: "t".repeat(40) };
      yield text("a".repeat(400));
      yield { type: "done", reason: "stop", usage };
    });
    const { call, gate } = createLab({ provider });
    await call("call_ai", { model: "m", prompt: "p".repeat(100) });
    expect(gate.usage()).toEqual({ calls: 1, promptTokens: 25, completionTokens: 110, outputBytes: 0 });
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["no vectors", { usage: {} }],
    ["too few", { vectors: [[1]] }],
    ["too many", { vectors: [[1], [2], [3]] }],
    ["texts", { vectors: [["1"], ["2"]] }],
    ["no numbers", { vectors: [[Number.NaN], [Number.POSITIVE_INFINITY]] }],
    ["holes", { vectors: [new Array(3), [1]] }],
    ["a hole and one vector", { vectors: Object.assign(new Array(2), [[1]]) }],
    ["objects", { vectors: [{ length: 1, 0: 1 }, [1]] }],
    [
      "lists with a way of their own to be joined",
      { vectors: [Object.assign([1], { toJSON: () => "x" }), "y"] },
    ],
    ["a list that only says how long it is", { vectors: { length: 2 } }],
  ])("such as %s as vectors fails the call", async (_, answer) => {
    const provider = providerOf(() => [], { embed: async () => answer as never });
    expect(await codeOf({ provider }, "embed", { model: "m", texts: ["a", "b"] })).toBe("bad_response");
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", "m"],
    ["a list of nonsense", [null, 5, { name: 5 }, untouchable]],
  ])("such as %s as its models is as good as being away", async (_, models) => {
    const provider = providerOf(() => [], { models: async () => models as never });
    expect(await codeOf({ provider }, "list_models", {})).toEqual({ ok: ["m:latest"] });
  });
});

describe("a provider that says too much", () => {
  it.each<[string, () => unknown]>([
    [
      "in one piece",
      async function* () {
        yield text("x".repeat(400_000_000));
        yield done;
      },
    ],
    [
      "in pieces without an end",
      async function* () {
        for (;;) yield text("x".repeat(1_000));
      },
    ],
    [
      "to itself, without an end",
      async function* () {
        for (;;) yield { type: "thinking", text: "x".repeat(1_000) };
      },
    ],
    [
      "that becomes six times as long in JSON",
      async function* () {
        yield text("\u0000".repeat(90_000));
        yield done;
      },
    ],
  ])("%s fails the call, and is told to stop", async (_, generate) => {
    const limits = { replyBytes: 100_000 };
    expect(await codeOf({ provider: providerOf(generate), limits })).toBe("reply_too_large");
  });

  it("with nothing in it, again and again, does not keep timers from running", async () => {
    const gateway = createGateway();
    const provider = providerOf(async function* () {
      for (;;) yield text("");
    });
    const { call, gate } = createLab({ provider });
    const answer = call("call_ai", ask);
    setTimeout(gateway.open, 1);
    await gateway.opened;
    gate.close();
    expect(await answer).toEqual({ stop: "aborted" });
  });

  it("as vectors fails the call", async () => {
    const provider = providerOf(() => [], {
      embed: async () => ({
        vectors: [new Array(1_000_000).fill(0.123456789)],
        usage: { promptTokens: 1, completionTokens: 0 },
      }),
    });
    const limits = { replyBytes: 100_000 };
    expect(await codeOf({ provider, limits }, "embed", { model: "m", texts: ["a"] })).toBe("reply_too_large");
  });

  it("as a list of models is cut to what the policy allows", async () => {
    const models = Array.from({ length: 100_000 }, (_, at) => ({
      name: `model-${at}`,
      kind: "text" as const,
      description: "",
      available: true,
    }));
    const provider = providerOf(() => [], { models: async () => models });
    expect(await codeOf({ provider, policy: { models: ["model-7"] } }, "list_models", {})).toEqual({
      ok: ["model-7:latest"],
    });
  });
});

describe("a provider that does not end", () => {
  it("is given up at the run's deadline, and its signal says so", async () => {
    vi.useFakeTimers();
    const signals: AbortSignal[] = [];
    const provider = providerOf(async function* ({ signal }) {
      signals.push(signal);
      yield text("one");
      await new Promise(() => {});
    });
    const { call } = createLab({ provider, limits: { wallTimeMs: 5_000 } });
    const answer = call("call_ai", ask);
    await vi.advanceTimersByTimeAsync(5_001);
    expect(await answer).toMatchObject({ error: { code: "timeout" } });
    expect(signals[0]?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(["embed", "list_models"])("is given up at the run's deadline in %s", async (op) => {
    vi.useFakeTimers();
    const never = () => new Promise<never>(() => {});
    const provider = providerOf(() => [], { embed: never, models: never });
    const { call } = createLab({ provider, limits: { wallTimeMs: 4_000 } });
    const answer = call(op, op === "embed" ? { model: "m", texts: ["a"] } : {});
    await vi.advanceTimersByTimeAsync(4_001);
    expect(await answer).toMatchObject(
      op === "embed" ? { error: { code: "timeout" } } : { ok: ["m:latest"] },
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it("may take as long as a run, and not longer than five seconds, to say which models it has", async () => {
    vi.useFakeTimers();
    const provider = providerOf(() => [], { models: () => new Promise<never>(() => {}) });
    const { call } = createLab({ provider });
    const answer = call("list_models");
    await vi.advanceTimersByTimeAsync(5_001);
    expect(await answer).toEqual({ ok: ["m:latest"] });
  });

  it("is charged for what it said until then", async () => {
    const gateway = createGateway();
    const provider = providerOf(async function* ({ signal }) {
      yield text("a".repeat(40));
      gateway.open();
      await untilAborted(signal);
    });
    const { call, gate } = createLab({ provider });
    const answer = call("call_ai", { model: "m", prompt: "p".repeat(8) });
    await gateway.opened;
    expect(gate.usage()).toMatchObject({ promptTokens: 2, completionTokens: 10 });
    gate.close();
    await answer;
    expect(gate.usage()).toMatchObject({ promptTokens: 2, completionTokens: 10 });
  });
});

describe("a provider that was given up", () => {
  /** Counts what happens to its iterator. */
  function watched(steps: unknown[], onReturn: () => unknown = () => ({ done: true })) {
    const seen = { returned: 0, next: 0 };
    const provider = providerOf(() => ({
      [Symbol.asyncIterator]: () => ({
        next: () => steps[seen.next++],
        return() {
          seen.returned++;
          return onReturn();
        },
      }),
    }));
    return { seen, provider };
  }
  const step = (value: unknown) => ({ done: false, value });

  it("is told, once, and no more is asked of it, after its last part or a bad one", async () => {
    for (const steps of [
      [step(text("a")), step(done), step(text("late"))],
      [step(text(5)), step(done)],
    ]) {
      const { seen, provider } = watched(steps);
      await createLab({ provider }).call("call_ai", ask);
      expect(seen.returned).toBe(1);
      expect(seen.next).toBe(steps.length - 1);
    }
  });

  it("is not told when it has ended by itself", async () => {
    const { seen, provider } = watched([step(text("a")), { done: true, value: undefined }]);
    await createLab({ provider }).call("call_ai", ask);
    expect(seen.returned).toBe(0);
  });

  it.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no"))],
    ["never settles", () => new Promise(() => {})],
    ["returns an object with throwing getters", () => untouchable],
  ])("and %s then is not waited for, nor heard", async (_, onReturn) => {
    const { provider } = watched([step(text("fine")), step(done)], onReturn);
    expect(await createLab({ provider }).call("call_ai", ask)).toEqual({ ok: "fine" });
  });

  it("and answers late, twice, or fails late is not heard", async () => {
    for (const end of ["resolve", "reject"] as const) {
      const gateway = createGateway();
      const late = gateway.opened.then(() => {
        if (end === "reject") throw new Error("late");
        return step(text("late"));
      });
      const { provider } = watched([step(text("one")), late, late]);
      const { call, gate, events } = createLab({ provider });
      const answer = call("call_ai", ask);
      gate.close();
      expect(await answer).toEqual({ stop: "aborted" });
      const told = events.length;
      gateway.open();
      await late.catch(() => {});
      expect(events).toHaveLength(told);
    }
  });

  it("leaves no timer behind, however its call ended", async () => {
    vi.useFakeTimers();
    for (const [, value] of thrown) {
      await codeOf({
        provider: providerOf(() => {
          throw value;
        }),
      });
    }
    expect(vi.getTimerCount()).toBe(0);
  });
});
