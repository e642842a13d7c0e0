import { type GeneratePart, type Provider, ProviderError, ToolError } from "@wasmforge/bridge";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { deferred, done, outputOf, plugin, providerOf, useForge } from "../test/forge.js";
import type { CallFault } from "./forge-options.js";

const secret = "sk-12345 at /srv/app/keys.json";
const huge = 1024 * 1024;
const text = (content: string): GeneratePart => ({ type: "text", text: content });
const input = z.object({ n: z.number().optional() });
const tool = (run: () => unknown) => ({ description: "", input, run });

/** What a provider does with a prompt of this name. */
const misdeeds: Record<string, Provider["generate"]> = {
  throws: () => failing(new Error(secret)),
  throws_at_once() {
    throw new Error(secret);
  },
  async *throws_late() {
    yield text("begun");
    throw new TypeError(secret);
  },
  says_why: () => failing(new ProviderError("overloaded", "try later")),
  async *ends_without_end() {
    yield text("begun");
  },
  async *never_ends() {
    for (;;) yield text("");
  },
  async *floods() {
    for (;;) yield text("x".repeat(huge));
  },
  async *hangs() {
    await new Promise(() => {});
    yield done;
  },
  async *answers_twice() {
    yield text("once");
    yield done;
    yield text("twice");
    yield done;
  },
  async *gives_something_else() {
    yield 5 as unknown as GeneratePart;
  },
  returns_nothing: () => undefined as never,
};

async function* failing(error: Error): AsyncGenerator<GeneratePart> {
  yield await Promise.reject(error);
}

let faults: CallFault[] = [];
let calls = 0;
const dawdling = deferred<string>();
const forge = useForge({
  seats: 1,
  providers: [
    {
      ...providerOf(async function* () {}),
      generate: (request, context) =>
        misdeeds[request.prompt]?.(request, context) ?? expect.fail(request.prompt),
    },
  ],
  tools: {
    throws: tool(() => {
      throw new Error(secret);
    }),
    rejects: tool(() => Promise.reject(new Error(secret))),
    throws_nothing: tool(() => Promise.reject(undefined)),
    says_why: tool(() => {
      throw new ToolError("tool_failed", "the table is locked");
    }),
    hangs: tool(() => new Promise(() => {})),
    gives_a_function: tool(() => () => 1),
    gives_a_bigint: tool(() => 5n),
    gives_a_circle: tool(() => {
      const circle: { self?: unknown } = {};
      circle.self = circle;
      return circle;
    }),
    gives_nothing: tool(() => undefined),
    gives_much: tool(() => Array.from({ length: 1024 }, () => "x".repeat(huge))),
    gives_a_trap: tool(() => ({
      get trap() {
        throw new Error(secret);
      },
    })),
    counts: tool(() => ++calls),
    dawdles: tool(() => dawdling.promise),
  },
  policy: {
    models: ["m"],
    tools: Object.fromEntries(
      "throws rejects throws_nothing says_why hangs gives_a_function gives_a_bigint gives_a_circle gives_nothing gives_much gives_a_trap counts dawdles"
        .split(" ")
        .map((name) => [name, true as const]),
    ),
  },
  onCallFault(fault) {
    faults.push(fault);
    throw new Error("a listener that fails is no better");
  },
});
beforeEach(() => {
  faults = [];
});

/** The code that the plugin is told, or what it got; the message must not say more than it should. */
async function told(call: string, limits = {}): Promise<string> {
  const source = `try: send_output(repr(${call}))\nexcept AIError as e: send_output(f"{e.code}|{e.message}")`;
  const outcome = await forge().run(plugin(source, "culprit"), { limits, tenant: "acme" });
  expect(JSON.stringify(outcome)).not.toContain("sk-12345");
  return outcome.status === "stopped" ? outcome.reason : outputOf(outcome);
}

describe("a provider that", () => {
  it.each([
    ["throws", /^provider_failed\|/],
    ["throws_at_once", /^provider_failed\|/],
    ["throws_late", /^provider_failed\|/],
    ["says_why", /^overloaded\|try later$/],
    ["ends_without_end", /^bad_response\|/],
    ["floods", /^reply_too_large\|/],
    ["never_ends", /^reply_too_large\|/],
    ["answers_twice", /^'once'$/],
    ["gives_something_else", /^bad_response\|/],
    ["returns_nothing", /^provider_failed\|/],
  ])("%s costs the run that call alone", async (prompt, says) => {
    expect(await told(`call_ai('m', '${prompt}')`)).toMatch(says);
  });

  it("hangs costs the run its time", async () => {
    expect(await told("call_ai('m', 'hangs')", { wallTimeMs: 200 })).toBe("timeout");
  });

  it("throws is reported to the host with all there is, and to nobody else", async () => {
    await told("call_ai('m', 'throws')");
    expect(faults).toMatchObject([
      {
        plugin: "culprit",
        tenant: "acme",
        call: { op: "call_ai", target: "m:latest" },
        cause: { message: secret },
      },
    ]);
  });
});

describe("a tool that", () => {
  it("answers late answers nobody: not the run that asked, nor the next", async () => {
    const source = "send_output(sdk.tools.dawdles())";
    const outcome = await forge().run(plugin(source), { limits: { wallTimeMs: 200 } });
    expect(outcome).toMatchObject({ status: "stopped", reason: "timeout" });
    const next = forge().run(plugin("import time\ntime.sleep(0.05)\nsend_output(sdk.tools.counts(n=0))"));
    dawdling.resolve("too late");
    expect(outputOf(await next)).toBe("1");
    calls = 0;
  });

  it.each([
    ["throws", /^tool_failed\|/],
    ["rejects", /^tool_failed\|/],
    ["throws_nothing", /^tool_failed\|/],
    ["says_why", /^tool_failed\|the table is locked$/],
    ["gives_a_function", /^bad_tool_result\|/],
    ["gives_a_bigint", /^bad_tool_result\|/],
    ["gives_a_circle", /^bad_tool_result\|/],
    ["gives_a_trap", /^bad_tool_result\|/],
    ["gives_nothing", /^None$/],
    ["gives_much", /^reply_too_large\|/],
  ])("%s costs the run that call alone", async (name, says) => {
    expect(await told(`sdk.tools.${name}()`)).toMatch(says);
  });

  it("hangs costs the run its time", async () => {
    expect(await told("sdk.tools.hangs()", { wallTimeMs: 200 })).toBe("timeout");
  });

  it("throws is reported to the host; arguments that do not fit are the plugin's own business", async () => {
    await told("sdk.tools.throws()");
    expect(faults.map(({ cause }) => (cause as Error).message)).toEqual([secret]);
    expect(await told("sdk.tools.counts(n='five')")).toMatch(/^bad_arguments\|n: /);
    expect(calls).toBe(0);
    expect(faults).toHaveLength(1);
  });
});
