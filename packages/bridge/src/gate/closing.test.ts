import { afterEach, describe, expect, it, vi } from "vitest";
import { ProviderError } from "../provider/provider-error.js";
import { createGateway, createLab, done, providerOf, untilAborted } from "../test/gate-lab.js";

afterEach(() => {
  vi.useRealTimers();
});

const ask = { model: "m", prompt: "hello" };
const aborted = { stop: "aborted" };
const never = () => new Promise<never>(() => {});

const endings = [
  ["close()", (lab: ReturnType<typeof labWithSignal>) => lab.gate.close()],
  ["its signal", (lab: ReturnType<typeof labWithSignal>) => lab.controller.abort()],
] as const;

function labWithSignal(options: Parameters<typeof createLab>[0] = {}) {
  const controller = new AbortController();
  return { controller, ...createLab({ ...options, signal: controller.signal }) };
}

describe.each(endings)("a run that is ended by %s", (_, end) => {
  it("while a model answers: the provider is told, and the call is told as aborted", async () => {
    const signals: AbortSignal[] = [];
    const gateway = createGateway();
    const provider = providerOf(async function* ({ signal }) {
      signals.push(signal);
      yield { type: "text", text: "some" };
      gateway.open();
      await untilAborted(signal);
      yield done;
    });
    const lab = labWithSignal({ provider });
    const answer = lab.call("call_ai", ask);
    await gateway.opened;
    end(lab);
    expect(signals[0]?.aborted).toBe(true);
    // Before anything is waited for: whoever closes the gate can close its record.
    expect(lab.eventsOf("call_finished")).toMatchObject([{ result: { ok: false, code: "aborted" } }]);
    expect(await answer).toEqual(aborted);
  });

  it.each([
    ["call_ai", ask],
    ["embed", { model: "m", texts: ["a"] }],
    ["call_tool", { name: "t", arguments: {} }],
    ["list_models", {}],
  ])("while %s hangs", async (op, fields) => {
    const provider = providerOf(() => ({ [Symbol.asyncIterator]: () => ({ next: never }) }), {
      embed: never,
      models: never,
    });
    const tools = { list: () => [{ name: "t", description: "", inputSchema: {} }], call: never };
    vi.useFakeTimers();
    const lab = labWithSignal({ provider, tools });
    const answer = lab.call(op, fields);
    await Promise.resolve();
    end(lab);
    expect(await answer).toEqual(aborted);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("while calls wait for their turn: none of them begins", async () => {
    let asked = 0;
    const provider = providerOf(async function* () {
      asked++;
      await never();
      yield done;
    });
    const lab = labWithSignal({ provider, policy: { maxParallelCalls: 1 } });
    const answers = [1, 2, 3].map(() => lab.call("call_ai", ask));
    await Promise.resolve();
    end(lab);
    expect(await Promise.all(answers)).toEqual([aborted, aborted, aborted]);
    expect(asked).toBe(1);
    expect(lab.eventsOf("call_finished")).toHaveLength(3);
  });

  it("while a begun call is served and the guest waits for it", async () => {
    const provider = providerOf(async function* () {
      await never();
      yield done;
    });
    vi.useFakeTimers();
    const lab = labWithSignal({ provider });
    expect(await lab.call("begin", { call: { op: "call_ai", ...ask } })).toEqual({ ok: 1 });
    const news = lab.call("next", { tickets: [1] });
    await Promise.resolve();
    end(lab);
    expect(await news).toEqual(aborted);
    expect(lab.eventsOf("call_finished")).toMatchObject([{ result: { code: "aborted" } }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("refuses every later call, reads none of them, and tells of nothing more", async () => {
    const lab = labWithSignal();
    await lab.call("call_ai", ask);
    const told = lab.events.length;
    end(lab);
    for (const op of [
      "call_ai",
      "send_output",
      "log",
      "progress",
      "list_models",
      "begin",
      "next",
      "nonsense",
    ]) {
      expect(await lab.send(op, new Uint8Array(10))).toEqual(aborted);
    }
    expect(lab.events).toHaveLength(told);
    expect(lab.gate.usage()).toMatchObject({ calls: 1 });
  });

  it("again: twice does no harm", () => {
    const lab = labWithSignal();
    for (const [, another] of endings) {
      end(lab);
      another(lab);
    }
  });

  it("does not hear a provider that fails because it was told to stop", async () => {
    const provider = providerOf(async function* ({ signal }) {
      await untilAborted(signal).catch(() => {
        throw new ProviderError("aborted", "stopped");
      });
      yield done;
    });
    const lab = labWithSignal({ provider });
    const answer = lab.call("call_ai", ask);
    await Promise.resolve();
    end(lab);
    expect(await answer).toEqual(aborted);
    expect(lab.eventsOf("call_finished")).toHaveLength(1);
  });
});

describe("a gate", () => {
  it("whose run is over before it begins serves nothing", async () => {
    const { call } = createLab({ signal: AbortSignal.abort() });
    expect(await call("send_output")).toEqual(aborted);
  });

  it("that is closed no longer listens to the run's signal", () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const counting = Object.create(signal, {
      aborted: { value: false },
      addEventListener: { value: () => listeners++ },
      removeEventListener: { value: () => listeners-- },
    }) as AbortSignal;
    const { gate } = createLab({ signal: counting });
    expect(listeners).toBe(1);
    gate.close();
    expect(listeners).toBe(0);
  });

  it.each(["call_started", "tokens", "call_finished", "call_denied", "output", "log", "progress"])(
    "whose listener throws at %s fails that call, and goes on",
    async (type) => {
      let isBroken = true;
      const lab = createLab({
        on(event) {
          if (isBroken && event.type === type) throw new Error("disk is full");
        },
      });
      const calls: [string, object][] = [
        ["call_ai", type === "call_denied" ? { model: "x", prompt: "p" } : ask],
        ["send_json", { value: 1 }],
        ["log", { level: "info", message: "" }],
        ["progress", { fraction: 1, message: "" }],
      ];
      const failed: string[] = [];
      for (const [op, fields] of calls) {
        const answer = await lab.call(op, fields);
        if ("error" in answer && answer.error.code === "internal") failed.push(op);
      }
      const expected = { output: "send_json", log: "log", progress: "progress" }[type] ?? "call_ai";
      expect(failed).toEqual([expected]);
      isBroken = false;
      expect(await lab.call("call_ai", ask)).toEqual({ ok: "ECHO: hello" });
    },
  );
});
