/** The same Forge over every kind of seat, and over both interpreters. */
import { type GeneratePart, toTextBytes } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { deferred, done, outputOf, plugin, providerOf, untilAborted, useForge } from "../test/forge.js";
import type { ForgeOptions } from "./forge-options.js";

const kinds: [string, ForgeOptions][] = [
  ["threads", { seat: "thread" }],
  ["processes", { seat: "process" }],
  ["the stock interpreter", { runtime: "stock" }],
];

describe.each(kinds)("a Forge over %s", (name, kind) => {
  let asked = deferred<AbortSignal>();
  const forge = useForge({
    ...kind,
    seats: 1,
    providers: [
      providerOf(async function* ({ prompt }, signal): AsyncGenerator<GeneratePart> {
        if (prompt === "hang") {
          asked.resolve(signal);
          await untilAborted(signal);
        }
        yield { type: "text", text: `${prompt}, é😀` };
        yield done;
      }),
    ],
    tools: {
      add: { description: "", input: z.object({ a: z.number(), b: z.number() }), run: ({ a, b }) => a + b },
    },
    policy: { models: ["m"], tools: { add: true } },
  });

  it("runs a plugin with its input, files, model and tool", async () => {
    const source = `
print("hello")
send_output([get_input(), open("/a.txt").read(), sdk.get_file().data[2], call_ai("m", "hi"), sdk.tools.add(a=1, b=2)])
send_output("".join(sdk.stream_ai("m", "piece by piece")))
`;
    const outcome = await forge().run(plugin(source), {
      input: "ínput\n\n",
      files: { "a.txt": "file" },
      file: { name: "f", mediaType: "m/t", bytes: Uint8Array.of(1, 2, 3) },
    });
    expect(outcome).toMatchObject({
      status: "completed",
      outputs: [{ value: ["ínput\n\n", "file", 3, "hi, é😀", 3] }, { text: "piece by piece, é😀" }],
      stdout: "hello\n",
      usage: { calls: 3, promptTokens: 6, completionTokens: 10 },
    });
  });

  it.each([
    ["1/0", {}, { status: "failed", error: { type: "ZeroDivisionError", line: 3 } }],
    ["import sys; sys.exit(3)", {}, { status: "failed", error: { type: "SystemExit", message: "3" } }],
    ["while True: pass", { computeMs: 200 }, { status: "stopped", reason: "compute" }],
    ["import time; time.sleep(60)", { wallTimeMs: 200 }, { status: "stopped", reason: "timeout" }],
    ["while True: print('x' * 1000)", { printBytes: 5_000 }, { status: "stopped", reason: "output" }],
  ])("says how %s ended, and goes on", async (source, limits, ended) => {
    expect(await forge().run(plugin(source), { limits })).toMatchObject(ended);
    expect(outputOf(await forge().run(plugin("send_output(1)")))).toBe("1");
  });

  it("aborts a run in the middle of a model's answer", async () => {
    asked = deferred();
    const abort = new AbortController();
    const running = forge().run(plugin("call_ai('m', 'hang')"), { signal: abort.signal });
    const signal = await asked.promise;
    abort.abort();
    expect(await running).toMatchObject({ status: "stopped", reason: "aborted" });
    expect(signal.aborted).toBe(true);
    expect(outputOf(await forge().run(plugin("send_output(1)")))).toBe("1");
  });

  it("tells a run's events in order", async () => {
    const types: string[] = [];
    for await (const event of forge().stream(plugin("print('a')\nsend_output('b')\nprint('c')"))) {
      types.push(event.type);
    }
    expect(types).toEqual(["started", "stdout", "output", "stdout", "outcome"]);
  });

  it("checks plugins", async () => {
    expect(await forge().check("import numpy\nx = '\\d'")).toMatchObject({
      ok: false,
      problems: [
        { code: "import_unknown", line: 1 },
        { severity: "warning", line: 2 },
      ],
    });
    expect(await forge().check("x = (")).toMatchObject({
      problems: [{ code: "syntax", line: 1, column: 5 }],
    });
    expect(await forge().check(toTextBytes("import json"))).toMatchObject({ ok: true, imports: ["json"] });
  });

  it("replays a run", async () => {
    const source = "import random, time\nsend_output([call_ai('m', 'x'), random.random(), time.time()])";
    const outcome = await forge().run(plugin(source), { record: true });
    const replayed = await forge().replay(JSON.parse(JSON.stringify(outcome.record)));
    expect(outputOf(replayed)).toBe(outputOf(outcome));
  });

  it.skipIf(name === "the stock interpreter")("has sessions that remember and sleep", async () => {
    const session = forge().session({ owner: "o" });
    await session.run(plugin("x = [1]"));
    await session.run(plugin("x.append(2)"));
    await using awake = await forge().wake(await session.sleep(), { owner: "o" });
    expect(outputOf(await awake.run(plugin("send_output(x)")))).toBe("[1, 2]");
  });
});
