import { afterEach, describe, expect, it, vi } from "vitest";
import { parseLimits } from "../limits/limits.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { createRates } from "../policy/rates.js";
import { encodeCall, encodeReply } from "../protocol.js";
import { echoProvider } from "../provider/echo-provider.js";
import type { GenerateRequest } from "../provider/provider.js";
import { ProviderError } from "../provider/provider-error.js";
import { scriptedProvider } from "../provider/scripted-provider.js";
import { createGateway, createLab, done, providerOf, run, saying } from "../test/gate-lab.js";
import { createGate } from "./create-gate.js";
import { ToolError } from "./tool-error.js";
import type { ToolSet } from "./tool-set.js";

afterEach(() => {
  vi.useRealTimers();
});

const ask = { model: "m", prompt: "hello" };

const tools: ToolSet = {
  list: () => [
    { name: "t", description: "adds", inputSchema: { type: "object" } },
    { name: "hidden", description: "not for plugins", inputSchema: {} },
  ],
  call: async (name, args, { runId }) => ({ name, args, runId }),
};

describe("the gate", () => {
  it("has a model answer, under its normalised name", async () => {
    const provider = scriptedProvider(["fine"]);
    const { call } = createLab({ provider });
    expect(
      await call("call_ai", { ...ask, system: "be short", temperature: 0, max_tokens: 9, format: "json" }),
    ).toEqual({
      ok: "fine",
    });
    expect(provider.requests).toEqual([
      {
        model: "m:latest",
        prompt: "hello",
        system: "be short",
        temperature: 0,
        maxTokens: 9,
        format: "json",
      },
    ]);
  });

  it("gives a provider images as bytes, and says whose run it is", async () => {
    const asked: unknown[] = [];
    const provider = {
      ...saying("a cat"),
      async *generate(request: GenerateRequest, { signal, ...context }: { signal: AbortSignal }) {
        asked.push(request.images, context, signal.aborted);
        yield done;
      },
    };
    const { call } = createLab({ provider, timeLeftMs: () => 1_234 });
    await call("call_ai", { ...ask, images: ["AQID"] });
    expect(asked).toEqual([[Uint8Array.of(1, 2, 3)], { ...run, timeLeftMs: 1_234 }, false]);
  });

  it("joins the pieces of an answer, without what the model said to itself", async () => {
    const provider = providerOf(async function* () {
      yield { type: "thinking", text: "hmm" };
      yield { type: "text", text: "one " };
      yield { type: "text", text: "" };
      yield { type: "text", text: "two \ud83d" };
      yield { type: "text", text: "\ude00" };
      yield done;
    });
    const { call, eventsOf } = createLab({ provider });
    expect(await call("call_ai", ask)).toEqual({ ok: "one two 😀" });
    expect(eventsOf("tokens").map(({ text }) => text)).toEqual(["one ", "two \ud83d", "\ude00"]);
  });

  it("has texts embedded", async () => {
    const { call } = createLab();
    const answer = await call("embed", { model: "m", texts: ["a", "b"] });
    expect(answer).toMatchObject({ ok: [expect.any(Array), expect.any(Array)] });
  });

  it("has a tool called, with the run's name, and nothing is no result but null", async () => {
    const { call } = createLab({ tools });
    expect(await call("call_tool", { name: "t", arguments: { a: [1] } })).toEqual({
      ok: { name: "t", args: { a: [1] }, runId: "run-1" },
    });
    const silent = createLab({ tools: { ...tools, call: async () => undefined } });
    expect(await silent.call("call_tool", { name: "t", arguments: {} })).toEqual({ ok: null });
  });

  it("denies a tool that the policy names and the host does not offer", async () => {
    for (const offered of [undefined, { ...tools, list: () => [] }]) {
      const { call } = createLab(offered && { tools: offered });
      expect(await call("call_tool", { name: "t", arguments: {} })).toMatchObject({
        error: { code: "tool_not_allowed" },
      });
    }
  });

  it("lists the tools that the run may call, and no others", async () => {
    const { call } = createLab({ tools });
    expect(await call("list_tools")).toEqual({
      ok: [{ name: "t", description: "adds", input_schema: { type: "object" } }],
    });
    expect(await createLab().call("list_tools")).toEqual({ ok: [] });
  });

  it("keeps outputs in their order, and tells them as they come", async () => {
    const { call, send, gate, eventsOf } = createLab();
    expect(await send("send_output", "one\u0000\n")).toEqual({ ok: null });
    await call("send_json", { value: { a: [1] }, text: "{'a': [1]}" });
    await call("send_json", { value: [2] });
    const outputs = [
      { kind: "text", text: "one\u0000\n" },
      { kind: "json", value: { a: [1] }, text: "{'a': [1]}" },
      { kind: "json", value: [2], text: "[2]" },
    ];
    expect(gate.outputs()).toEqual(outputs);
    expect(eventsOf("output").map(({ item }) => item)).toEqual(outputs);
  });

  it("tells of models in one line, though a policy may take their names from a server's list", async () => {
    const model = "a\nERROR fake\u202e:1";
    const { call, events } = createLab({ policy: { models: [model] } });
    await call("call_ai", { model, prompt: "p" });
    await call("call_ai", { model: "other", prompt: "p" });
    expect(events).toMatchObject([
      { type: "call_started", call: { target: "a\\u000aERROR fake\\u202e:1" } },
      { type: "tokens" },
      { type: "call_finished", call: { target: "a\\u000aERROR fake\\u202e:1" } },
      { type: "call_denied", reason: expect.stringMatching(/: a\\u000aERROR fake\\u202e:1$/) },
    ]);
  });

  it("tells progress and logs as one line each, whatever is in them", async () => {
    const { call, events } = createLab();
    const message = "a\u001b[2Jb\nERROR fake\r\u0000\u202eevil\u2028\ud800\ttab é😀";
    await call("log", { level: "info", message });
    await call("progress", { fraction: 0.5, message });
    const shown = "a\\u001b[2Jb\\u000aERROR fake\\u000d\\u0000\\u202eevil\\u2028\\ud800\ttab é😀";
    expect(events).toEqual([
      { type: "log", level: "info", message: shown },
      { type: "progress", fraction: 0.5, message: shown },
    ]);
  });

  it("tells the host of each call what it was, how large, how long, and what it cost", async () => {
    let time = 0;
    const provider = providerOf(async function* () {
      time += 250;
      yield { type: "text", text: "fine" };
      yield { type: "done", reason: "stop", usage: { promptTokens: 3, completionTokens: 5, queueMs: 40 } };
    });
    const { call, events } = createLab({ provider, now: () => time });
    time = 1_000;
    await call("call_ai", ask);
    const summary = { callId: 1, op: "call_ai", target: "m:latest", requestBytes: 30, atMs: 1_000 };
    expect(events).toEqual([
      { type: "call_started", call: summary },
      { type: "tokens", callId: 1, text: "fine" },
      {
        type: "call_finished",
        call: summary,
        result: {
          ok: true,
          replyBytes: 13,
          durationMs: 250,
          provider: "test",
          promptTokens: 3,
          completionTokens: 5,
          queueMs: 40,
        },
      },
    ]);
  });

  it("tells the host who answered, where a provider passed a call on, and believes no name blindly", async () => {
    const names: unknown[] = ["demo", "\u001b[2J".repeat(100), "", 7, { toString: () => "x" }];
    const provider = providerOf(
      async function* () {
        yield { ...done, provider: names[0] };
      },
      {
        embed: async () => ({
          vectors: [[1]],
          usage: { promptTokens: 1, completionTokens: 0 },
          provider: names.shift() as string,
        }),
      },
    );
    const { call, eventsOf } = createLab({ provider });
    for (const _ of [...names]) {
      await call("call_ai", ask);
      await call("embed", { model: "m", texts: ["a"] });
    }
    const told = eventsOf("call_finished").map(({ result }) => result.provider ?? "nobody");
    expect(told.slice(0, 2)).toEqual(["demo", "demo"]);
    expect(told[2]).toMatch(/^(?:\\u001b\[2J)+…?$/);
    expect(told[2]?.length).toBeLessThan(600);
    expect(told.slice(4)).toEqual(["test", "test", "test", "test", "test", "test"]);
  });

  it("tells of a begun call as what it is", async () => {
    const { call, eventsOf, gate } = createLab();
    await call("begin", { call: { op: "call_ai", ...ask } });
    await call("begin", { call: { op: "embed", model: "x", texts: ["a"] } });
    await call("begin", { call: { op: "list_models" } });
    expect(eventsOf("call_started")).toMatchObject([{ call: { op: "call_ai", target: "m:latest" } }]);
    expect(eventsOf("call_denied")).toMatchObject([{ call: { op: "embed" } }, { call: { op: "begin" } }]);
    gate.close();
  });

  it("tells the host of denied calls why, and nothing that the guest chose", async () => {
    const { call, send, events } = createLab();
    await call("call_ai", { model: "evil-name", prompt: "p" });
    await call("call_tool", { name: "evil-name", arguments: {} });
    await call("evil-name", {});
    await send("call_ai", "evil-name");
    expect(events.map((event) => event.type === "call_denied" && [event.call.op, event.code])).toEqual([
      ["call_ai", "model_not_allowed"],
      ["call_tool", "tool_not_allowed"],
      ["unknown", "unknown_call"],
      ["call_ai", "bad_request"],
    ]);
    expect(JSON.stringify(events)).not.toContain("evil-name");
  });

  it("tells apart what went wrong at the provider, and keeps the cause for the host", async () => {
    const failure = new ProviderError("overloaded", "too many wait\u001b[0m", {
      cause: new Error("http://secret"),
    });
    const { call, eventsOf } = createLab({ provider: scriptedProvider([failure]) });
    expect(await call("call_ai", ask)).toEqual({
      error: { code: "overloaded", message: "too many wait\\u001b[0m" },
    });
    expect(eventsOf("call_finished")[0]?.result).toMatchObject({
      ok: false,
      code: "overloaded",
      cause: failure,
    });
  });

  it("tells a plugin what a tool wants it to know, and of other errors nothing", async () => {
    const errors = [
      new ToolError("bad_arguments", "city is missing"),
      new Error("/etc/secret: no such file"),
    ];
    const { call } = createLab({
      tools: {
        ...tools,
        call: async () => {
          throw errors.shift();
        },
      },
    });
    const callTool = () => call("call_tool", { name: "t", arguments: {} });
    expect(await callTool()).toEqual({ error: { code: "bad_arguments", message: "city is missing" } });
    expect(await callTool()).toEqual({
      error: { code: "tool_failed", message: "the tool failed; the host's log says more" },
    });
  });

  it("has no models without a provider", async () => {
    const { gate } = createLab();
    const bare = createGate({ run, policy: parsePolicy({ models: ["m"] }), limits: parseLimits() });
    const { op, payload } = encodeCall({ op: "call_ai", model: "m", prompt: "p" });
    expect(await bare.serve(op, payload)).toEqual({
      reply: encodeReply({ error: { code: "model_not_found", message: "the host has no models" } }),
    });
    const { op: list, payload: nothing } = encodeCall({ op: "list_models" });
    expect(await bare.serve(list, nothing)).toEqual({ reply: encodeReply({ ok: [] }) });
    for (const each of [gate, bare]) each.close();
  });

  it("counts calls of a minute over all runs", async () => {
    const rates = createRates({ now: () => 0 });
    const policy = { maxCallsPerMinute: { plugin: 3, tenant: 100 } };
    const codes: unknown[] = [];
    for (let index = 0; index < 5; index++) {
      const { call } = createLab({ rates, policy });
      const answer = await call("call_ai", ask);
      codes.push("error" in answer ? answer.error.code : "ok");
    }
    expect(codes).toEqual(["ok", "ok", "ok", "rate_limited", "rate_limited"]);
  });

  it("serves as many calls at a time as the policy says, and the others in their order", async () => {
    const gateways = [createGateway(), createGateway(), createGateway(), createGateway()];
    const asked: string[] = [];
    const provider = providerOf(async function* (_, prompt) {
      asked.push(prompt);
      await gateways[Number(prompt)]?.opened;
      yield done;
    });
    const { call } = createLab({ provider, policy: { maxParallelCalls: 2 } });
    const answers = gateways.map((_, index) => call("call_ai", { model: "m", prompt: String(index) }));
    await Promise.resolve();
    expect(asked).toEqual(["0", "1"]);
    gateways[1]?.open();
    await answers[1];
    expect(asked).toEqual(["0", "1", "2"]);
    gateways[2]?.open();
    await answers[2];
    expect(asked).toEqual(["0", "1", "2", "3"]);
    for (const gateway of gateways) gateway.open();
    expect(await Promise.all(answers)).toHaveLength(4);
  });

  it("leaves no timer behind", async () => {
    vi.useFakeTimers();
    const { call, gate } = createLab({ tools });
    await call("call_ai", ask);
    await call("call_tool", { name: "t", arguments: {} });
    await call("list_models");
    await call("call_ai", { model: "other", prompt: "p" });
    await call("begin", { call: { op: "call_ai", ...ask } });
    await call("next", { tickets: [1] });
    gate.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the list of models", () => {
  it("has what the policy allows and the provider has, and nothing else", async () => {
    const provider = {
      ...saying(),
      models: async () => [model("b:latest"), model("c"), model("x"), model("d", false)],
    };
    const { call } = createLab({ provider, policy: { models: ["a", "b", "c", "d"] } });
    expect(await call("list_models")).toEqual({ ok: ["b:latest", "c:latest"] });
  });

  it("has all that the policy allows where the provider answers to every name", async () => {
    const { call } = createLab({ provider: echoProvider(), policy: { models: ["a", "b"] } });
    expect(await call("list_models")).toEqual({ ok: ["a:latest", "b:latest"] });
  });

  it("has all that the policy allows while the provider cannot say what it has", async () => {
    const away = { ...saying(), models: () => Promise.reject(new ProviderError("unavailable", "down")) };
    const { call } = createLab({ provider: away, policy: { models: ["a", "b"] } });
    expect(await call("list_models")).toEqual({ ok: ["a:latest", "b:latest"] });
  });

  it("is empty where the policy allows none, and nobody is asked", async () => {
    const provider = { ...saying(), models: () => Promise.reject(new Error("asked")) };
    const { call, eventsOf } = createLab({ provider, policy: { models: [] } });
    expect(await call("list_models")).toEqual({ ok: [] });
    expect(eventsOf("call_finished")).toMatchObject([{ call: { op: "list_models" }, result: { ok: true } }]);
  });
});

function model(name: string, available = true) {
  return { name, kind: "text", description: "", available } as const;
}
