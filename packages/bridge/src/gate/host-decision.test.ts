import { afterEach, describe, expect, it, vi } from "vitest";
import type { DecideCall, HostDecision } from "../policy/decision.js";
import { createRates } from "../policy/rates.js";
import { createGateway, createLab, run } from "../test/gate-lab.js";

const ask = { model: "m", prompt: "hello" };

afterEach(() => {
  vi.useRealTimers();
});

const returning =
  (value: unknown): DecideCall =>
  () =>
    value as HostDecision;

describe("a host app's own decision", () => {
  it("is asked with the call, what was used, the policy's decision, and whose run it is", async () => {
    const asked: unknown[] = [];
    const decide: DecideCall = (call, usage, standard, { signal, ...who }) => {
      asked.push([call, usage, standard, who, signal.aborted]);
      return standard;
    };
    const { call } = createLab({ decide, rates: createRates() });
    await call("call_ai", ask);
    await call("call_tool", { name: "t", arguments: { a: 1 } });
    expect(asked).toEqual([
      [
        { op: "call_ai", ...ask },
        {
          calls: 0,
          promptTokens: 0,
          completionTokens: 0,
          outputBytes: 0,
          lastMinute: { plugin: 0, tenant: 0 },
        },
        { allow: true },
        run,
        false,
      ],
      [
        { op: "call_tool", name: "t", arguments: { a: 1 } },
        expect.objectContaining({ calls: 1, lastMinute: { plugin: 1, tenant: 1 } }),
        expect.objectContaining({ allow: false, code: "tool_not_allowed" }),
        run,
        false,
      ],
    ]);
  });

  it("may wrap the policy's", async () => {
    const decide: DecideCall = async (_, __, standard) => standard;
    const { call } = createLab({ decide });
    expect(await call("call_ai", ask)).toEqual({ ok: "ECHO: hello" });
    expect(await call("call_ai", { model: "x", prompt: "p" })).toMatchObject({
      error: { code: "model_not_allowed" },
    });
  });

  it("may replace the policy's, in both directions", async () => {
    const open = createLab({ decide: returning({ allow: true }) });
    expect(await open.call("call_ai", { model: "x", prompt: "p" })).toEqual({ ok: "ECHO: p" });
    const closed = createLab({ decide: returning({ allow: false, reason: "not on Sundays\u001b[2J" }) });
    expect(await closed.call("call_ai", ask)).toEqual({
      error: { code: "denied", message: "not on Sundays\\u001b[2J" },
    });
    expect(closed.eventsOf("call_denied")).toMatchObject([{ code: "denied", call: { target: "m:latest" } }]);
  });

  it("may use the codes that plugins know", async () => {
    const decide = returning({ allow: false, code: "rate_limited", reason: "later" });
    expect(await createLab({ decide }).call("call_ai", ask)).toMatchObject({
      error: { code: "rate_limited" },
    });
    const unknown = returning({ allow: false, code: "toString", reason: "later" });
    expect(await createLab({ decide: unknown }).call("call_ai", ask)).toMatchObject({
      error: { code: "denied" },
    });
  });

  it("is asked about begun calls as about others", async () => {
    const { call } = createLab({ decide: returning({ allow: false, reason: "no" }) });
    expect(await call("begin", { call: { op: "call_ai", ...ask } })).toEqual({
      error: { code: "denied", message: "no" },
    });
  });

  it.each<[string, DecideCall]>([
    ["nothing", returning(undefined)],
    ["null", returning(null)],
    ["true", returning(true)],
    ["a text", returning("yes")],
    ["allow as a text", returning({ allow: "true" })],
    ["a no without a reason", returning({ allow: false })],
    [
      "an object that throws",
      returning(
        new Proxy(
          {},
          {
            get: () => {
              throw new Error("secret");
            },
          },
        ),
      ),
    ],
    ["a promise of nothing", () => Promise.resolve(undefined as never)],
    ["a promise that fails", () => Promise.reject(new Error("secret"))],
    [
      "nothing, because it throws",
      () => {
        throw new Error("secret");
      },
    ],
    ["nothing, because it throws nothing", () => Promise.reject(undefined)],
  ])("that is %s allows nothing, and the host is told why", async (_, decide) => {
    const { call, eventsOf } = createLab({ decide });
    expect(await call("call_ai", ask)).toEqual({
      error: { code: "decision_failed", message: "the host app could not decide on this call" },
    });
    expect(eventsOf("call_denied")).toMatchObject([{ code: "decision_failed" }]);
    expect(eventsOf("call_started")).toEqual([]);
  });

  it("that never comes denies the call at the run's deadline, and its signal says so", async () => {
    vi.useFakeTimers();
    let signal: AbortSignal | undefined;
    const decide: DecideCall = (_, __, ___, about) => {
      signal = about.signal;
      return new Promise(() => {});
    };
    const { call } = createLab({ decide, limits: { wallTimeMs: 2_000 } });
    const answer = call("call_ai", ask);
    await vi.advanceTimersByTimeAsync(2_001);
    expect(await answer).toMatchObject({ error: { code: "decision_failed" } });
    expect(signal?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that comes after the run is over has no effect", async () => {
    const gateway = createGateway();
    const decide: DecideCall = async () => {
      await gateway.opened;
      return { allow: true };
    };
    const { call, gate, events } = createLab({ decide });
    const answer = call("call_ai", ask);
    gate.close();
    expect(await answer).toEqual({ stop: "aborted" });
    gateway.open();
    await gateway.opened;
    expect(events).toEqual([]);
  });

  it("does not undo that the call counts", async () => {
    const rates = createRates();
    const { call, gate } = createLab({ decide: returning({ allow: false, reason: "no" }), rates });
    await call("call_ai", ask);
    expect(gate.usage().calls).toBe(1);
    expect(rates.lastMinute(run)).toEqual({ plugin: 1, tenant: 1 });
  });
});
