import { type CallContext, ProviderError } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { toStatusError, unreachable } from "../http/failure.js";
import { createManualClock } from "../test/manual-clock.js";
import { createDispatcher, type Task, type Turn } from "./dispatcher.js";
import { type DispatchOptions, dispatchShape, parseOptions } from "./options.js";

const schema = z.strictObject(dispatchShape);

function setUp(options: DispatchOptions = {}, urls: readonly string[] = ["http://a"]) {
  const clock = createManualClock();
  const probes: string[] = [];
  const state: { isThere: boolean | "silent" } = { isThere: true };
  const dispatcher = createDispatcher(
    urls.map((url) => ({ url, headers: {} })),
    {
      ...parseOptions("test", schema, options),
      clock,
      random: () => 1,
      probe: async ({ endpoint }) => {
        probes.push(endpoint.url);
        if (state.isThere === "silent") {
          await new Promise(() => {});
        } else if (!state.isThere) {
          throw unreachable("probe");
        }
      },
    },
  );
  return { clock, dispatcher, probes, state };
}

function context(change: Partial<CallContext> = {}): CallContext {
  const { signal } = new AbortController();
  return { signal, timeLeftMs: 60_000, runId: "r", plugin: "p", tenant: "t", ...change };
}

type Send = Task<string>["send"];

const answer: Send = async function* () {
  yield "answer";
};

/** Fails with these, one after the other, then answers. */
function failing(...errors: readonly ProviderError[]): { readonly send: Send; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    send: async function* ({ host }: Turn) {
      asked.push(host.endpoint.url);
      const error = errors[asked.length - 1];
      if (error !== undefined) {
        throw error;
      }
      yield "answer";
    },
  };
}

async function collect(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) {
    text += part;
  }
  return text;
}

/** Lets everything happen that waits for nothing but its turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    await Promise.resolve();
  }
}

const busy = () => toStatusError(503, "busy");

describe("a call that fails", () => {
  it("is sent again after a pause that grows, as often as allowed", async () => {
    const { clock, dispatcher } = setUp({ maxAttempts: 3 });
    const { send, asked } = failing(busy(), busy());
    const called = collect(dispatcher.run({ context: context(), send }));
    await settled();
    clock.advance(249);
    await settled();
    expect(asked).toHaveLength(1);
    clock.advance(1);
    await settled();
    expect(asked).toHaveLength(2);
    clock.advance(500);
    expect(await called).toBe("answer");
    expect(clock.pending()).toBe(0);
  });

  it("is not forgotten when the pause ends in the very moment that it is looked at", async () => {
    for (let early = 0; early < 3; early += 0.1) {
      const { clock, dispatcher } = setUp();
      const { send } = failing(busy());
      const called = collect(dispatcher.run({ context: context(), send }));
      await settled();
      // Timers of real clocks fire up to a millisecond early.
      clock.advance(250 - early);
      clock.driftOnRead = 0.25;
      clock.fireNext();
      clock.driftOnRead = 0;
      clock.advance(10);
      await settled();
      expect(dispatcher.status().waiting, `fired ${early} ms early`).toBe(0);
      expect(await called).toBe("answer");
    }
  });

  it("is told at last what went wrong", async () => {
    const { clock, dispatcher } = setUp({ maxAttempts: 2 });
    const { send, asked } = failing(busy(), busy(), busy());
    const called = expect(collect(dispatcher.run({ context: context(), send }))).rejects.toMatchObject({
      code: "overloaded",
    });
    await settled();
    clock.advance(10_000);
    await called;
    expect(asked).toHaveLength(2);
  });

  it("waits as long as the server asked for, and holds others back, too", async () => {
    const { clock, dispatcher } = setUp();
    const { send, asked } = failing(toStatusError(429, "slow down", { retryAfterMs: 3_000 }));
    const called = collect(dispatcher.run({ context: context(), send }));
    await settled();
    const other = collect(dispatcher.run({ context: context({ tenant: "other" }), send }));
    clock.advance(2_999);
    await settled();
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await Promise.all([called, other])).toEqual(["answer", "answer"]);
  });

  it("is not sent again once it has begun to answer", async () => {
    const { dispatcher } = setUp();
    let sent = 0;
    const send: Send = async function* () {
      sent += 1;
      yield "half an ";
      throw unreachable("gone");
    };
    await expect(collect(dispatcher.run({ context: context(), send }))).rejects.toMatchObject({
      code: "unavailable",
    });
    expect(sent).toBe(1);
  });

  it("is not sent again for what would be the same again", async () => {
    for (const status of [400, 401, 404, 500]) {
      const { dispatcher } = setUp();
      const { send, asked } = failing(toStatusError(status, "no"));
      await expect(collect(dispatcher.run({ context: context(), send }))).rejects.toSatisfy(ProviderError.is);
      expect(asked).toHaveLength(1);
    }
  });

  it("goes to another host at once, where there is one", async () => {
    const { dispatcher } = setUp({}, ["http://a", "http://b"]);
    const { send, asked } = failing(unreachable("gone"));
    expect(await collect(dispatcher.run({ context: context(), send }))).toBe("answer");
    expect(asked).toEqual(["http://a", "http://b"]);
  });

  it("ends when its time does, in the midst of a pause", async () => {
    const { clock, dispatcher } = setUp();
    const { send } = failing(busy());
    const called = expect(
      collect(dispatcher.run({ context: context({ timeLeftMs: 100 }), send })),
    ).rejects.toMatchObject({ code: "timeout" });
    await settled();
    clock.advance(100);
    await called;
    expect(clock.pending()).toBe(0);
    expect(dispatcher.status().waiting).toBe(0);
  });
});

describe("a host that is down", () => {
  async function down() {
    const set = setUp({ maxAttempts: 3 });
    const { send } = failing(unreachable("1"), unreachable("2"), unreachable("3"));
    const called = expect(collect(set.dispatcher.run({ context: context(), send }))).rejects.toMatchObject({
      code: "unavailable",
    });
    for (let attempt = 0; attempt < 3; attempt++) {
      await settled();
      set.clock.advance(5_000);
    }
    await called;
    return set;
  }

  it("costs callers no time after a few failures", async () => {
    const { dispatcher } = setUp({ breaker: { failures: 1 }, maxAttempts: 1 });
    await expect(
      collect(dispatcher.run({ context: context(), send: failing(unreachable("1")).send })),
    ).rejects.toSatisfy(ProviderError.is);
    const { send, asked } = failing();
    await expect(collect(dispatcher.run({ context: context(), send }))).rejects.toMatchObject({
      code: "unavailable",
      retryAfterMs: expect.any(Number),
    });
    expect(asked).toEqual([]);
  });

  it("is asked by a probe whether it is back, and then used as before", async () => {
    const { clock, dispatcher, probes } = await down();
    clock.advance(60_000);
    expect(await collect(dispatcher.run({ context: context(), send: answer }))).toBe("answer");
    expect(probes).toEqual(["http://a"]);
    expect(dispatcher.status().hosts).toMatchObject([{ state: "closed" }]);
    await collect(dispatcher.run({ context: context(), send: answer }));
    expect(probes).toHaveLength(1);
  });

  it("is left alone for longer when the probe fails, and no call is spent on it", async () => {
    const { clock, dispatcher, state } = await down();
    state.isThere = false;
    clock.advance(60_000);
    const { send, asked } = failing();
    const called = expect(collect(dispatcher.run({ context: context(), send }))).rejects.toMatchObject({
      code: "unavailable",
    });
    await settled();
    clock.advance(1);
    await called;
    expect(asked).toEqual([]);
    expect(dispatcher.status().hosts[0]?.restMs).toBeGreaterThan(1_000);
  });

  it("is left alone when it does not answer the probe, whatever its callers' patience", async () => {
    for (const timeLeftMs of [60_000, 500]) {
      const { clock, dispatcher, probes, state } = await down();
      state.isThere = "silent";
      clock.advance(60_000);
      const { send, asked } = failing();
      const told = () =>
        collect(dispatcher.run({ context: context({ timeLeftMs }), send })).catch(
          (error: ProviderError) => error.code,
        );
      const first = told();
      await settled();
      clock.advance(500);
      await settled();
      clock.advance(1_500);
      expect(await first).toBe(timeLeftMs > 500 ? "unavailable" : "timeout");
      await settled();
      expect(dispatcher.status().hosts[0]?.restMs).toBeGreaterThan(1_000);
      expect(await told()).toBe("unavailable");
      expect(asked).toEqual([]);
      expect(probes).toHaveLength(1);
      expect(clock.pending()).toBe(0);
    }
  });

  it("is not there for other questions either, and those find out whether it is back", async () => {
    const { clock, dispatcher, state } = setUp({ breaker: { failures: 2 } });
    const [host] = dispatcher.hosts;
    if (host === undefined) {
      expect.unreachable();
    }
    const { signal } = new AbortController();
    let asked = 0;
    const list = (answer: () => Promise<string>) =>
      dispatcher.ask(host, signal, () => {
        asked += 1;
        return answer();
      });
    const away = () => Promise.reject(unreachable("away"));
    for (let count = 0; count < 5; count++) {
      await expect(list(away)).rejects.toMatchObject({ code: "unavailable" });
    }
    expect(asked).toBe(2);
    const { send } = failing();
    await expect(collect(dispatcher.run({ context: context(), send }))).rejects.toMatchObject({
      code: "unavailable",
      retryAfterMs: expect.any(Number),
    });
    clock.advance(1_000);
    state.isThere = false;
    await expect(list(away)).rejects.toMatchObject({ code: "unavailable" });
    expect(asked).toBe(2);
    clock.advance(2_000);
    state.isThere = true;
    expect(await list(async () => "a list")).toBe("a list");
    expect(await collect(dispatcher.run({ context: context(), send }))).toBe("answer");
    expect(clock.pending()).toBe(0);
  });

  it("is not taken for one because it refuses to answer, or answers nonsense", async () => {
    const { dispatcher } = setUp({ breaker: { failures: 1 } });
    const [host] = dispatcher.hosts;
    if (host === undefined) {
      expect.unreachable();
    }
    const { signal } = new AbortController();
    await expect(
      dispatcher.ask(host, signal, () => Promise.reject(toStatusError(500, "no"))),
    ).rejects.toMatchObject({ code: "unavailable" });
    expect(dispatcher.status().hosts).toMatchObject([{ state: "closed" }]);
  });

  it("is found out after a call's time ran out there; one that only computes is not", async () => {
    for (const isThere of [true, false]) {
      const { clock, dispatcher, state, probes } = setUp();
      state.isThere = isThere;
      const send: Send = async function* ({ scope }) {
        await new Promise((resolve) => scope.signal.addEventListener("abort", resolve));
        throw scope.signal.reason;
      };
      const called = expect(
        collect(dispatcher.run({ context: context({ timeLeftMs: 100 }), send })),
      ).rejects.toMatchObject({ code: "timeout" });
      await settled();
      clock.advance(100);
      await called;
      await settled();
      expect(probes).toHaveLength(1);
      expect(dispatcher.status().hosts[0]?.state).toBe(isThere ? "closed" : "open");
      expect(clock.pending()).toBe(0);
    }
  });

  it("does not keep those waiting who can only go there", async () => {
    const { dispatcher } = setUp({ maxParallelPerHost: 1, breaker: { failures: 1 }, maxAttempts: 1 });
    let fail = () => {};
    const first = collect(
      dispatcher.run({
        context: context(),
        send: async function* () {
          await new Promise<void>((resolve) => {
            fail = resolve;
          });
          yield* [];
          throw unreachable("gone");
        },
      }),
    ).catch((error: ProviderError) => error.code);
    await settled();
    const second = collect(dispatcher.run({ context: context(), send: answer })).catch(
      (error: ProviderError) => error.code,
    );
    await settled();
    fail();
    expect(await Promise.all([first, second])).toEqual(["unavailable", "unavailable"]);
  });
});

describe("the line of those who wait", () => {
  /** Calls that are served until they are told to end. */
  function held(dispatcher: ReturnType<typeof setUp>["dispatcher"]) {
    const serving: { readonly tenant: string; end(): void }[] = [];
    const call = (change: Partial<CallContext> = {}) => {
      const who = context(change);
      return collect(
        dispatcher.run({
          context: who,
          send: async function* () {
            await new Promise<void>((resolve) => serving.push({ tenant: who.tenant, end: resolve }));
            yield "answer";
          },
        }),
      );
    };
    return { serving, call };
  }

  it("lets only so many through at a time", async () => {
    const { dispatcher } = setUp({ maxParallelPerHost: 2 });
    const { serving, call } = held(dispatcher);
    const calls = [call(), call(), call()];
    await settled();
    expect(serving).toHaveLength(2);
    expect(dispatcher.status()).toMatchObject({ waiting: 1, hosts: [{ calls: 2 }] });
    serving[0]?.end();
    await settled();
    expect(serving).toHaveLength(3);
    for (const { end } of serving) {
      end();
    }
    expect(await Promise.all(calls)).toHaveLength(3);
    expect(dispatcher.status()).toMatchObject({ waiting: 0, hosts: [{ calls: 0 }] });
  });

  it("is left at once by those who leave, and by those whose time is over", async () => {
    const { clock, dispatcher } = setUp({ maxParallelPerHost: 1 });
    const { serving, call } = held(dispatcher);
    const first = call();
    const leaving = new AbortController();
    const left = call({ signal: leaving.signal }).catch((error: ProviderError) => error.code);
    const late = call({ timeLeftMs: 10 }).catch(({ code, message }: ProviderError) => `${code}: ${message}`);
    await settled();
    leaving.abort();
    clock.advance(10);
    expect(await Promise.all([left, late])).toEqual(["aborted", expect.stringMatching(/^timeout: .* turn /)]);
    expect(dispatcher.status().waiting).toBe(0);
    serving[0]?.end();
    await first;
  });

  it("when it is full, turns away the last of whoever has most in it", async () => {
    const { dispatcher } = setUp({ maxParallelPerHost: 1, maxQueue: 3 });
    const { serving, call } = held(dispatcher);
    const told: string[] = [];
    const track = (name: string, tenant: string) =>
      call({ tenant }).then(
        () => told.push(`${name} answered`),
        (error: ProviderError) => told.push(`${name} ${error.code}`),
      );
    const calls = [
      track("first", "big"),
      track("big 1", "big"),
      track("big 2", "big"),
      track("big 3", "big"),
    ];
    await settled();
    calls.push(track("small 1", "small"));
    await settled();
    expect(told).toEqual(["big 3 overloaded"]);
    calls.push(track("big 4", "big"));
    await settled();
    expect(told).toEqual(["big 3 overloaded", "big 4 overloaded"]);
    for (let served = 0; served < 4; served++) {
      serving[served]?.end();
      await settled();
    }
    await Promise.all(calls);
    expect(told.slice(2)).toEqual(["first answered", "small 1 answered", "big 1 answered", "big 2 answered"]);
  });

  it("shares time fairly with a tenant that sends ten times as much", async () => {
    const { clock, dispatcher } = setUp({ maxParallelPerHost: 2, maxQueue: 1_000 });
    const { serving, call } = held(dispatcher);
    const calls = [
      ...Array.from({ length: 100 }, () => call({ tenant: "loud" })),
      ...Array.from({ length: 10 }, () => call({ tenant: "quiet" })),
    ];
    await settled();
    for (let served = 0; served < 20; served++) {
      clock.advance(100);
      serving[served]?.end();
      await settled();
    }
    const quiet = serving.slice(0, 20).filter(({ tenant }) => tenant === "quiet").length;
    expect(quiet).toBeGreaterThanOrEqual(8);
    expect(quiet).toBeLessThanOrEqual(12);
    dispatcher.close();
    for (const { end } of serving) {
      end();
    }
    await Promise.allSettled(calls);
  });

  it("goes on while something is prepared for one of those who were in it, and keeps his turn", async () => {
    const { clock, dispatcher } = setUp({ maxParallelPerHost: 1 });
    const order: string[] = [];
    const waited: number[] = [];
    let ready = (_?: unknown) => {};
    const loading = new Promise((resolve) => {
      ready = resolve;
    });
    let state: "cold" | "loading" | "warm" = "cold";
    const call = (name: string, needsLoading: boolean) =>
      collect(
        dispatcher.run({
          context: context({ plugin: needsLoading ? "patient" : "other" }),
          rate: () => (needsLoading && state === "loading" ? "later" : 0),
          prepare: () => {
            if (!needsLoading || state === "warm") {
              return undefined;
            }
            state = "loading";
            return loading;
          },
          send: async function* ({ queueMs }) {
            order.push(name);
            waited.push(queueMs);
            yield "answer";
          },
        }),
      );
    const calls = [call("first", true), call("second", true), call("other", false)];
    await settled();
    expect(order).toEqual(["other"]);
    expect(dispatcher.status()).toMatchObject({ waiting: 1, hosts: [{ calls: 0 }] });
    clock.advance(1_000);
    state = "warm";
    ready();
    dispatcher.update();
    expect(await Promise.all(calls)).toEqual(["answer", "answer", "answer"]);
    expect(order.slice(1).sort()).toEqual(["first", "second"]);
    expect(waited).toEqual([0, 1_000, 1_000]);
    expect(clock.pending()).toBe(0);
  });

  it("has whoever prepares something hear that it failed, and the next one try", async () => {
    const { clock, dispatcher } = setUp({ maxParallelPerHost: 1, maxAttempts: 1 });
    let tries = 0;
    const call = () =>
      collect(
        dispatcher.run({
          context: context(),
          prepare: () => {
            tries += 1;
            return tries === 1 ? Promise.reject(toStatusError(500, "no room")) : undefined;
          },
          send: answer,
        }),
      ).catch((error: ProviderError) => error.code);
    expect(await Promise.all([call(), call()])).toEqual(["unavailable", "answer"]);
    expect(dispatcher.status()).toMatchObject({ waiting: 0, hosts: [{ calls: 0, state: "closed" }] });
    expect(clock.pending()).toBe(0);
  });

  it("tells everybody in it when the provider is closed, and takes nobody in afterwards", async () => {
    const { clock, dispatcher } = setUp({ maxParallelPerHost: 1 });
    const { serving, call } = held(dispatcher);
    const codes = [call(), call()].map((one) => one.catch((error: ProviderError) => error.code));
    await settled();
    dispatcher.close();
    dispatcher.close();
    serving[0]?.end();
    expect((await Promise.all(codes)).at(1)).toBe("unavailable");
    await expect(call()).rejects.toMatchObject({ code: "unavailable" });
    expect(clock.pending()).toBe(0);
  });
});

describe("several hosts", () => {
  it("get calls where least is going on", async () => {
    const { dispatcher } = setUp({}, ["http://a", "http://b"]);
    const asked: string[] = [];
    const send: Send = async function* ({ host }) {
      asked.push(host.endpoint.url);
      await settled();
      yield "answer";
    };
    await Promise.all(Array.from({ length: 4 }, () => collect(dispatcher.run({ context: context(), send }))));
    expect(asked.filter((url) => url === "http://a")).toHaveLength(2);
  });

  it("are chosen by how glad the call is to go there, first of all", async () => {
    const { dispatcher } = setUp({}, ["http://a", "http://b"]);
    const { send, asked } = failing();
    const rate: Task<string>["rate"] = ({ endpoint }) => (endpoint.url === "http://b" ? 0 : 1);
    await collect(dispatcher.run({ context: context(), send, rate }));
    expect(asked).toEqual(["http://b"]);
  });

  it("are all asked for what one of them does not have", async () => {
    const { dispatcher } = setUp({}, ["http://a", "http://b", "http://c"]);
    const without = new Set<string>();
    const { send, asked } = failing(toStatusError(404, "no"), toStatusError(404, "no"));
    const called = collect(
      dispatcher.run({
        context: context(),
        rate: ({ endpoint }) => (without.has(endpoint.url) ? undefined : 0),
        isElsewhere: (_error, { endpoint }) => Boolean(without.add(endpoint.url)),
        send,
      }),
    );
    expect(await called).toBe("answer");
    expect(asked).toEqual(["http://a", "http://b", "http://c"]);
  });

  it("go on while one of them is down", async () => {
    const { dispatcher } = setUp({ breaker: { failures: 1 } }, ["http://a", "http://b"]);
    const asked: string[] = [];
    const send: Send = async function* ({ host }) {
      asked.push(host.endpoint.url);
      if (host.endpoint.url === "http://a") {
        throw unreachable("down");
      }
      yield "answer";
    };
    for (let call = 0; call < 5; call++) {
      expect(await collect(dispatcher.run({ context: context(), send }))).toBe("answer");
    }
    expect(asked.filter((url) => url === "http://a")).toHaveLength(1);
  });
});
