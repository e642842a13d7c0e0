/** Everything at once: plugins, providers and tools that misbehave, runs that are aborted, and in between some that must not notice. */
import { readdirSync } from "node:fs";
import { createForge, type GeneratePart, type HostTools, type Outcome, type Provider } from "@wasmforge/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRandom } from "../../packages/bridge/src/test/random.js";
import { leavesNothing } from "../../packages/core/src/test/leaves-nothing.js";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";

leavesNothing();

const MiB = 1 << 20;
const megabyte = "x".repeat(MiB);
const done: GeneratePart = { type: "done", reason: "stop", usage: { promptTokens: 1, completionTokens: 1 } };
const text = (content: string): GeneratePart => ({ type: "text", text: content });

/** Calls that go on although their runs are over: they are let go at the end of the test. */
let late: (() => void)[] = [];
const until = (): Promise<void> => new Promise((resolve) => late.push(resolve));

/** What the provider does with a prompt of this name; with any other it says it. */
const misdeeds: Record<string, (signal: AbortSignal) => AsyncIterable<GeneratePart>> = {
  async *throws() {
    yield await Promise.reject(new TypeError("a secret"));
  },
  async *throws_late() {
    yield text("begun");
    throw new TypeError("a secret");
  },
  async *hangs() {
    await until();
    yield done;
  },
  async *answers_too_late(signal) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    yield text("too late");
    yield done;
  },
  async *answers_twice() {
    yield text("once");
    yield done;
    yield text("twice");
    yield done;
  },
  async *says_1_gb() {
    for (let said = 0; said < 1024; said++) yield text(megabyte);
    yield done;
  },
  async *says_nothing_without_end() {
    for (;;) yield text("");
  },
  says_something_else: () => 5 as unknown as AsyncIterable<GeneratePart>,
};

const provider: Provider = {
  version: 1,
  name: "test",
  generate: ({ prompt }, { signal }) => misdeeds[prompt]?.(signal) ?? echo(prompt),
  models: async () => [],
  health: async () => ({ status: "connected", message: "" }),
};

async function* echo(prompt: string): AsyncGenerator<GeneratePart> {
  await new Promise((resolve) => setTimeout(resolve, prompt.length % 7));
  yield text(prompt);
  yield done;
}

const input = z.object({});
const tool = (run: () => unknown) => ({ description: "", input, run });
const tools: HostTools = {
  throws: tool(() => {
    throw new Error("a secret");
  }),
  rejects: tool(() => Promise.reject(undefined)),
  hangs: tool(until),
  gives_1_gb: tool(() => new Array(1024).fill(megabyte)),
  gives_itself: tool(() => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    return circle;
  }),
};

const hostile = [
  ...Object.keys(misdeeds).map((name) => `call_ai("m", "${name}")`),
  ...Object.keys(misdeeds).map((name) => `for text in stream_ai("m", "${name}"): pass`),
  ...Object.keys(tools).map((name) => `tools.${name}()`),
  `call_ai_many([("m", name) for name in (${Object.keys(misdeeds).map((name) => `"${name}"`)})])`,
  `kept = [stream_ai("m", "hangs") for _ in range(10)]`,
  "while True: pass",
  "import time; time.sleep(60)",
  "import os; os.abort()",
  "import os; os._exit(0)",
  "while True: print('x' * 1000)",
  "while True: send_output('')",
  "while True: send_output('x' * 1000)",
  "while True: list_models()",
  "x = 'x' * 10**9",
  "x = []\nwhile True: x.append(bytearray(10**6))",
  "def f(): f()\nf()",
  "call_ai('m', 'x' * 10**7)",
  "call_ai('../../etc/passwd', 'x')",
];

const sdk = "from platform_sdk import *\nfrom platform_sdk import call_ai_many, stream_ai, tools\n";
const innocent = `${sdk}mine = get_input()
print("printed", mine)
send_output(mine + " " + call_ai("m", mine))`;

const runs = 80;
const mostGrowthBytes = 200 * MiB;

describe.skipIf(!hasImage).each([
  ["thread", 1],
  ["process", 2],
] as const)("a storm of plugins in seats that are each a %s (seed %i)", (seat, seed) => {
  it("leaves the innocent among them as they would be alone, and nothing behind", async () => {
    late = [];
    const random = createRandom(seed);
    const descriptorsBefore = readdirSync("/proc/self/fd").length;
    const forge = await createForge({
      seat,
      seats: 2,
      pool: { warmUpMs: 0 },
      providers: [provider],
      tools,
      policy: {
        models: ["m"],
        maxCalls: 20,
        tools: Object.fromEntries(Object.keys(tools).map((name) => [name, true as const])),
      },
      limits: {
        memoryMb: 64,
        wallTimeMs: 60_000,
        computeMs: 60_000,
        outputBytes: 100_000,
        printBytes: 100_000,
        queueMs: 600_000,
      },
    });
    const rssBefore = process.memoryUsage.rss();

    const storm = Array.from({ length: runs }, async (_, at): Promise<[number, Outcome]> => {
      const canary = `canary-${at}-`;
      if (at % 4 === 0) {
        return [
          at,
          await forge.run(
            { name: `innocent-${at}`, source: innocent },
            { input: canary, tenant: `t${at % 3}` },
          ),
        ];
      }
      const abort = new AbortController();
      if (random.number(3) === 0) setTimeout(() => abort.abort(), random.number(2_000));
      const source = `${sdk}try:\n  send_output(repr(call_ai("m", get_input())))\nexcept AIError: pass\n${random.pick(hostile)}`;
      const limits = { wallTimeMs: 500, computeMs: 300 };
      const options = { input: canary, tenant: `t${at % 3}`, limits, signal: abort.signal };
      return [at, await forge.run({ name: `hostile-${at}`, source }, options)];
    });
    for (const [at, outcome] of await Promise.all(storm)) {
      const mine = `canary-${at}-`;
      if (at % 4 === 0) {
        expect(outcome).toMatchObject({
          status: "completed",
          output: `${mine} ${mine}`,
          stdout: `printed ${mine}\n`,
          usage: { calls: 1 },
        });
      }
      const said = JSON.stringify(outcome);
      expect(said).not.toContain("a secret");
      expect(new Set(said.match(/canary-\d+-/g) ?? [mine])).toEqual(new Set([mine]));
    }
    expect(forge.stats()).toMatchObject({ running: 0, queued: 0 });
    expect(process.memoryUsage.rss() - rssBefore).toBeLessThan(mostGrowthBytes);

    for (const answer of late) answer();
    const after = await forge.run({ name: "after", source: innocent }, { input: "all is well" });
    expect(after).toMatchObject({ status: "completed", output: "all is well all is well" });
    await forge.close();
    expect(Object.values({ ...forge.stats(), runs: 0 })).toEqual([0, 0, 0, 0, 0, 0, 0]);
    await expect.poll(() => readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(descriptorsBefore);
  });
});
