import { afterEach, describe, expect, it, vi } from "vitest";
import { type Answer, createLab, done, type Lab, providerOf, saying } from "../test/gate-lab.js";

const ask = { model: "m", prompt: "hello" };
const stopped = { stop: "output" };

afterEach(() => {
  vi.useRealTimers();
});

function codeOf(answer: Answer): string {
  return "error" in answer ? answer.error.code : "stop" in answer ? answer.stop : "ok";
}

async function codesOf(lab: Lab, times: number, op: string, fields: object = {}): Promise<string[]> {
  const codes: string[] = [];
  for (let turn = 0; turn < times; turn++) codes.push(codeOf(await lab.call(op, fields)));
  return codes;
}

describe("the budget of calls", () => {
  it("is spent by calls that are served, that fail, that are denied, and that make no sense", async () => {
    const provider = providerOf(() => {
      throw new Error("no");
    });
    const lab = createLab({ provider, policy: { maxCalls: 6 } });
    expect(codeOf(await lab.call("call_ai", ask))).toBe("provider_failed");
    expect(codeOf(await lab.call("embed", { model: "m", texts: ["a"] }))).toBe("ok");
    expect(codeOf(await lab.call("call_ai", { model: "x", prompt: "p" }))).toBe("model_not_allowed");
    expect(codeOf(await lab.call("call_ai", {}))).toBe("bad_request");
    expect(codeOf(await lab.call("call_tool", { name: "t", arguments: {} }))).toBe("tool_not_allowed");
    expect(codeOf(await lab.call("begin", { call: { op: "call_ai", ...ask } }))).toBe("ok");
    expect(lab.gate.usage().calls).toBe(6);
    expect(codeOf(await lab.call("call_ai", ask))).toBe("too_many_calls");
    expect(codeOf(await lab.call("begin", { call: { op: "call_ai", ...ask } }))).toBe("too_many_calls");
    expect(lab.gate.usage().calls).toBe(8);
    lab.gate.close();
  });

  it("holds for calls that are made at the same time", async () => {
    const lab = createLab({ policy: { maxCalls: 3 } });
    const answers = await Promise.all(Array.from({ length: 10 }, () => lab.call("call_ai", ask)));
    expect(answers.map(codeOf).filter((code) => code === "ok")).toHaveLength(3);
  });

  it("has a part of its own for calls that cost nothing", async () => {
    const lab = createLab({ policy: { maxFreeCalls: 5 } });
    expect(await codesOf(lab, 2, "list_models")).toEqual(["ok", "ok"]);
    expect(await codesOf(lab, 1, "list_tools")).toEqual(["ok"]);
    expect(await codesOf(lab, 1, "format_disk")).toEqual(["unknown_call"]);
    expect(await codesOf(lab, 1, "cancel", { ticket: 7 })).toEqual(["unknown_ticket"]);
    expect(await codesOf(lab, 2, "list_models")).toEqual(["too_many_calls", "too_many_calls"]);
    expect(await codesOf(lab, 1, "nonsense")).toEqual(["too_many_calls"]);
    expect(await codesOf(lab, 1, "call_ai", ask)).toEqual(["ok"]);
    expect(await codesOf(lab, 1, "send_output")).toEqual(["ok"]);
    expect(lab.gate.usage().calls).toBe(1);
  });

  it("is spent by tickets that are none, too", async () => {
    vi.useFakeTimers();
    const lab = createLab();
    expect(await codesOf(lab, 50, "next", { tickets: [1] })).toEqual(Array(50).fill("unknown_ticket"));
    expect(await codesOf(lab, 50, "cancel", { ticket: 1 })).toEqual(Array(50).fill("unknown_ticket"));
    expect(lab.eventsOf("call_denied")).toHaveLength(100);
    let isAnswered = false;
    const answer = lab.call("next", { tickets: [1] }).then(() => {
      isAnswered = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(isAnswered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await answer;
  });

  it("ends list_models by default, long before it is asked three thousand times", async () => {
    vi.useFakeTimers();
    const lab = createLab();
    const codes = codesOf(lab, 3_000, "list_models");
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await codes).filter((code) => code === "ok")).toHaveLength(1_000);
  });

  it("drops progress when it is spent, and fails nobody for it", async () => {
    const lab = createLab({ policy: { maxFreeCalls: 3 } });
    expect(await codesOf(lab, 6, "progress", { fraction: 0.1, message: "" })).toEqual(Array(6).fill("ok"));
    expect(lab.eventsOf("progress")).toHaveLength(3);
  });

  it("makes refused calls slow after a hundred, so that they keep nobody busy", async () => {
    vi.useFakeTimers();
    const lab = createLab();
    await codesOf(lab, 100, "nonsense");
    let isAnswered = false;
    const answer = lab.call("nonsense").then(() => {
      isAnswered = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(isAnswered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isAnswered).toBe(true);
    await answer;
  });
});

describe("the budget of tokens", () => {
  it("is asked before a call, and charged with what the call used", async () => {
    const lab = createLab({ provider: saying("fine"), policy: { maxTokens: 20, maxCalls: 100 } });
    expect(await codesOf(lab, 4, "call_ai", ask)).toEqual(["ok", "ok", "ok", "too_many_tokens"]);
    expect(lab.gate.usage()).toMatchObject({ promptTokens: 9, completionTokens: 15 });
  });

  it("is charged for calls in flight, so that those beside them see it", async () => {
    const provider = providerOf(async function* () {
      await new Promise(() => {});
      yield done;
    });
    const lab = createLab({ provider, policy: { maxTokens: 500 } });
    void lab.call("call_ai", { model: "m", prompt: "p".repeat(3_000) });
    expect(codeOf(await lab.call("call_ai", ask))).toBe("too_many_tokens");
    lab.gate.close();
  });

  it("is charged for vectors", async () => {
    const provider = providerOf(() => [], {
      embed: async () => ({ vectors: [[1]], usage: { promptTokens: 70, completionTokens: 0 } }),
    });
    const lab = createLab({ provider });
    await lab.call("embed", { model: "m", texts: ["a"] });
    expect(lab.gate.usage()).toMatchObject({ promptTokens: 70, completionTokens: 0 });
  });
});

describe("the limit of output", () => {
  it("stops the run, and what was output before stays", async () => {
    const lab = createLab({ limits: { outputBytes: 100 } });
    expect(await lab.send("send_output", "a".repeat(60))).toEqual({ ok: null });
    expect(await lab.send("send_output", "b".repeat(60))).toEqual(stopped);
    expect(lab.gate.outputs()).toEqual([{ kind: "text", text: "a".repeat(60) }]);
    expect(lab.gate.usage().outputBytes).toBe(60);
    expect(await lab.call("list_models")).toEqual(stopped);
    lab.gate.close();
    expect(await lab.call("list_models")).toEqual(stopped);
  });

  it("is exact", async () => {
    const lab = createLab({ limits: { outputBytes: 100 } });
    expect(await lab.send("send_output", "é".repeat(50))).toEqual({ ok: null });
    expect(await lab.send("send_output", "")).toEqual(stopped);
  });

  it("is asked before a text is read, however large it is", async () => {
    const lab = createLab();
    const payload = new Uint8Array(1_000_000_000);
    const before = process.memoryUsage().rss;
    expect(await lab.send("send_output", payload)).toEqual(stopped);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it("is reached by a million empty outputs, too", async () => {
    const lab = createLab();
    let count = 0;
    while (!("stop" in (await lab.send("send_output", "")))) count++;
    expect(count).toBe(32_768);
  });

  it("counts a value that comes with its text as the larger of the two", async () => {
    const limits = { outputBytes: 1_000 };
    const value = "v".repeat(700);
    const both = createLab({ limits });
    expect(await both.call("send_json", { value, text: value })).toEqual({ ok: null });
    expect(both.gate.usage().outputBytes).toBeLessThan(800);
    const long = { value: null, text: "t".repeat(1_100) };
    expect(await createLab({ limits }).call("send_json", long)).toEqual(stopped);
    expect(await createLab({ limits }).call("send_json", { value: long.text, text: "" })).toEqual(stopped);
    expect(await createLab({ limits }).call("send_json", { value: long.text, text: long.text })).toEqual(
      stopped,
    );
  });

  it("is charged for values that make no sense", async () => {
    const lab = createLab({ limits: { outputBytes: 1_000 } });
    const answers = await codesOf(lab, 4, "send_json", { junk: "j".repeat(600) });
    expect(answers).toEqual(["bad_request", "bad_request", "bad_request", "output"]);
  });

  it("aborts what is in flight", async () => {
    const provider = providerOf(async function* () {
      await new Promise(() => {});
      yield done;
    });
    const lab = createLab({ provider, limits: { outputBytes: 10 } });
    const answer = lab.call("call_ai", ask);
    await lab.send("send_output", "a".repeat(40));
    expect(await answer).toEqual(stopped);
    expect(lab.eventsOf("call_finished")).toMatchObject([{ result: { ok: false, code: "aborted" } }]);
  });
});

describe("the limit of logs", () => {
  it("stops the run as output does, and is asked before a message is read", async () => {
    const lab = createLab({ limits: { logBytes: 200 } });
    const message = "a".repeat(100);
    expect(await codesOf(lab, 3, "log", { level: "info", message })).toEqual(["ok", "output", "output"]);
    expect(lab.eventsOf("log")).toHaveLength(1);
    expect(await createLab().send("log", new Uint8Array(1_000_000_000))).toEqual(stopped);
  });
});

describe("the limit of what calls carry", () => {
  it("refuses a call that is larger, unread, and the run goes on", async () => {
    const lab = createLab();
    for (const op of [
      "call_ai",
      "embed",
      "call_tool",
      "begin",
      "next",
      "cancel",
      "list_models",
      "progress",
      "nonsense",
    ]) {
      const code = codeOf(await lab.send(op, new Uint8Array(100_000_000)));
      expect(code).toBe(op === "nonsense" ? "unknown_call" : "too_large");
    }
    expect(await lab.call("list_models")).toEqual({ ok: ["m:latest"] });
  });

  it("is one for all calls together, too, and output is left out of it", async () => {
    const lab = createLab({
      limits: { callBytes: 2_000, callBytesTotal: 5_000 },
      policy: { maxCalls: 100 },
    });
    const large = { model: "m", prompt: "p".repeat(1_500) };
    expect(await codesOf(lab, 4, "call_ai", large)).toEqual(["ok", "ok", "ok", "too_large"]);
    expect(await codesOf(lab, 1, "list_models")).toEqual(["too_large"]);
    expect(await lab.send("send_output", "x".repeat(10_000))).toEqual({ ok: null });
    expect(lab.eventsOf("call_denied")).toMatchObject([{ code: "too_large" }, { code: "too_large" }]);
  });
});
