import { afterEach, describe, expect, it, vi } from "vitest";
import type { JsonObject } from "../output.js";
import { createGateway, createLab, type LabOptions } from "../test/gate-lab.js";
import type { ToolContext, ToolSet } from "./tool-set.js";

afterEach(() => {
  vi.useRealTimers();
});

const callTool = { name: "t", arguments: {} };

function toolSet(call: (args: JsonObject, context: ToolContext) => unknown): ToolSet {
  return {
    list: () => [{ name: "t", description: "", inputSchema: {} }],
    call: (_, args, context) => call(args, context) as Promise<unknown>,
  };
}

function labWith(call: (args: JsonObject, context: ToolContext) => unknown, options: LabOptions = {}) {
  return createLab({ tools: toolSet(call), ...options });
}

describe("a tool", () => {
  it.each<[string, unknown]>([
    ["an Error", new Error("/home/host/secret")],
    ["a text", "secret"],
    ["null", null],
    ["nothing", undefined],
    [
      "an object that throws at whoever looks at it",
      new Proxy(
        {},
        {
          getPrototypeOf() {
            throw new Error("secret");
          },
        },
      ),
    ],
  ])("that throws %s, at once or later, fails the call and tells nothing of it", async (_, value) => {
    const both = [
      () => {
        throw value;
      },
      () => Promise.reject(value),
    ];
    for (const call of both) {
      const answer = await labWith(call).call("call_tool", callTool);
      expect(answer).toMatchObject({ error: { code: "tool_failed" } });
      expect(JSON.stringify(answer)).not.toContain("secret");
    }
  });

  it.each<[string, unknown]>([
    ["a function", () => 1],
    ["a BigInt", 1n],
    ["something with a toJSON", { toJSON: () => "x" }],
    ["a Map", new Map()],
  ])("that returns %s fails the call", async (_, value) => {
    const answer = await labWith(async () => value).call("call_tool", callTool);
    expect(answer).toMatchObject({ error: { code: "bad_tool_result" } });
  });

  it("that returns half a gigabyte fails the call", async () => {
    const answer = await labWith(async () => "x".repeat(500_000_000)).call("call_tool", callTool);
    expect(answer).toMatchObject({ error: { code: "reply_too_large" } });
  });

  it("that returns what becomes too large in JSON fails the call", async () => {
    const limits = { replyBytes: 100_000 };
    const answer = await labWith(async () => "\u0000".repeat(90_000), { limits }).call("call_tool", callTool);
    expect(answer).toMatchObject({ error: { code: "reply_too_large" } });
  });

  it("that never returns is given up at the run's deadline, and its signal says so", async () => {
    vi.useFakeTimers();
    const gateway = createGateway();
    let signal: AbortSignal | undefined;
    const lab = labWith(
      (_, context) => {
        signal = context.signal;
        gateway.open();
        return new Promise(() => {});
      },
      { limits: { wallTimeMs: 1_000 } },
    );
    const answer = lab.call("call_tool", callTool);
    await gateway.opened;
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(await answer).toMatchObject({ error: { code: "timeout" } });
    expect(signal?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that fails after the run is over is not heard", async () => {
    const gateway = createGateway();
    const failing = gateway.opened.then(() => Promise.reject(new Error("late")));
    const { call, gate, events } = labWith(() => failing);
    const answer = call("call_tool", callTool);
    gate.close();
    expect(await answer).toEqual({ stop: "aborted" });
    const told = events.length;
    gateway.open();
    await failing.catch(() => {});
    expect(events).toHaveLength(told);
  });

  it("that changes what it was given changes nothing for the next", async () => {
    const seen: JsonObject[] = [];
    const { call } = labWith(async (args) => {
      seen.push({ ...args });
      Object.assign(args, { a: "changed" });
    });
    await call("call_tool", { name: "t", arguments: { a: 1 } });
    await call("call_tool", { name: "t", arguments: { a: 1 } });
    expect(seen).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it("leaves no timer behind, however its call ended", async () => {
    vi.useFakeTimers();
    for (const outcome of [Promise.resolve(1), Promise.resolve(1n), Promise.reject(new Error("no"))]) {
      const { call, gate } = labWith(() => outcome);
      await call("call_tool", callTool);
      gate.close();
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that is missing is missing for the next call too, whatever "decide" makes of what it is shown', async () => {
    const { call } = createLab({
      policy: { tools: { t: true } },
      decide(_call, _usage, standard) {
        Object.assign(standard, { allow: true });
        return standard;
      },
    });
    for (let turn = 0; turn < 2; turn++) {
      expect(await call("call_tool", callTool)).toMatchObject({ error: { code: "decision_failed" } });
    }
    const { call: another } = createLab({ policy: { tools: { t: true } } });
    expect(await another("call_tool", callTool)).toMatchObject({ error: { code: "tool_not_allowed" } });
  });

  it("whose list throws fails the calls that need it, and nothing else", async () => {
    const tools: ToolSet = {
      list() {
        throw new Error("secret");
      },
      call: async () => 1,
    };
    const { call } = createLab({ tools });
    const failed = { error: { code: "internal", message: "the host could not serve this call" } };
    expect(await call("call_tool", callTool)).toEqual(failed);
    expect(await call("list_tools")).toEqual(failed);
    expect(await call("list_models")).toEqual({ ok: ["m:latest"] });
  });
});
