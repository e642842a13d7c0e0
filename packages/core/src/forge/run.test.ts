import { echoProvider, ForgeError } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { outputOf, plugin, useForge } from "../test/forge.js";
import { createForge } from "./create-forge.js";

const forge = useForge({
  providers: [echoProvider()],
  policy: { models: ["llama3.2:latest"], maxPromptChars: 4_000, maxCalls: 10 },
  limits: { wallTimeMs: 20_000 },
});

async function refusalOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (ForgeError.is(error) && error.code === "invalid_options") return error.message;
    throw error;
  }
  return expect.fail("this was not refused");
}

describe("a run", () => {
  it("completes with what it sent, as text and as values", async () => {
    const outcome = await forge().run(
      plugin("print('printed')\nsend_output(get_input().upper())\nsend_output({'a': [None, 1.5]})"),
      { input: "two\nlines" },
    );
    expect(outcome).toMatchObject({
      status: "completed",
      output: "TWO\nLINES\n{'a': [None, 1.5]}",
      outputs: [
        { kind: "text", text: "TWO\nLINES" },
        { kind: "json", value: { a: [null, 1.5] }, text: "{'a': [None, 1.5]}" },
      ],
      stdout: "printed\n",
      stderr: "",
    });
  });

  it("says what it used", async () => {
    const { usage } = await forge().run(plugin("send_output(call_ai('llama3.2', 'one two'))"));
    expect(usage).toEqual({
      wallMs: expect.any(Number),
      computeMs: expect.any(Number),
      waitMs: expect.any(Number),
      queueMs: expect.any(Number),
      peakMemoryBytes: expect.any(Number),
      calls: 1,
      promptTokens: 2,
      completionTokens: 3,
      outputBytes: 13,
    });
    expect(usage.wallMs).toBeGreaterThan(0);
    expect(usage.peakMemoryBytes).toBeGreaterThan(1_000_000);
  });

  it("fails with the plugin's own exception and its line", async () => {
    const outcome = await forge().run({ name: "divide", source: "def f():\n  return 1 / 0\n\nf()" });
    expect(outcome).toMatchObject({
      status: "failed",
      error: { type: "ZeroDivisionError", message: "division by zero", line: 2 },
    });
    expect(outcome.status === "failed" && outcome.error.traceback).toContain('File "divide.py", line 4');
  });

  it("fails where Python does not take its source", async () => {
    expect(await forge().run({ name: "a", source: "x = (" })).toMatchObject({
      status: "failed",
      error: { type: "SyntaxError", line: 1 },
    });
  });

  it("keeps what it sent before it failed", async () => {
    const outcome = await forge().run(plugin("send_output('first')\nprint('second')\nraise KeyError('x')"));
    expect(outcome).toMatchObject({ status: "failed", output: "first", stdout: "second\n" });
  });

  it.each([
    ["sys.exit()", "completed"],
    ["sys.exit(0)", "completed"],
    ["sys.exit(3)", "failed"],
    ["sys.exit('a message')", "failed"],
    ["import os; os._exit(4)", "failed"],
  ])("that ends with %s has %s", async (source, status) => {
    const outcome = await forge().run(plugin(`import sys\n${source}`));
    expect(outcome.status).toBe(status);
    if (outcome.status === "failed") expect(outcome.error.type).toBe("SystemExit");
  });

  it("reads its file and its files", async () => {
    const source = `
f = sdk.get_file()
send_output([f.name, f.media_type, len(f.data), open("/data/a.csv").read(), open("b.bin", "rb").read()[1]])
`;
    const outcome = await forge().run(plugin(source), {
      file: { name: "cat.png", mediaType: "image/png", bytes: new Uint8Array(7) },
      files: { "data/a.csv": "x;y\né", "/b.bin": Uint8Array.of(1, 2) },
    });
    expect(outcome.outputs).toMatchObject([{ value: ["cat.png", "image/png", 7, "x;y\né", 2] }]);
  });

  it("cannot write to its files, nor leave any", async () => {
    const source = "open('a.txt', 'w')";
    expect(await forge().run(plugin(source), { files: { "a.txt": "" } })).toMatchObject({ status: "failed" });
  });

  it("is the same again for the same seed and time", async () => {
    const random = plugin("import random, time\nsend_output(f'{random.random()} {time.time()}')");
    const run = async (seed: number, now: number) => outputOf(await forge().run(random, { seed, now }));
    expect(await run(1, 5e11)).toBe(await run(1, 5e11));
    expect(await run(1, 5e11)).not.toBe(await run(2, 5e11));
    expect(await run(1, 5e11)).toMatch(/ 500000000\.0/);
    const [one, other] = await Promise.all([forge().run(random), forge().run(random)]);
    expect(outputOf(one)).not.toBe(outputOf(other));
  });

  it("leaves the caller's objects alone", async () => {
    const files = Object.freeze({ "a.txt": "a" });
    const options = Object.freeze({
      files,
      policy: Object.freeze({ models: Object.freeze(["x"]) }),
      limits: Object.freeze({}),
    });
    expect((await forge().run(Object.freeze(plugin("")), options)).status).toBe("completed");
  });

  it("does not reach models that its own policy leaves out, or that the Forge's never had", async () => {
    const ask = plugin(
      "for m in ('llama3.2', 'mistral'):\n  try: send_output(call_ai(m, 'x'))\n  except AIError as e: send_output(e.code)",
    );
    const run = async (policy?: { models: string[] }) =>
      outputOf(await forge().run(ask, policy && { policy }));
    expect(await run()).toBe("ECHO: x\nmodel_not_allowed");
    expect(await run({ models: [] })).toBe("model_not_allowed\nmodel_not_allowed");
    expect(await run({ models: ["mistral", "llama3.2"] })).toBe("ECHO: x\nmodel_not_allowed");
  });

  it("may import only what its policy allows", async () => {
    const outcome = await forge().run(plugin("import json\nimport os"), {
      policy: { imports: { allow: ["json", "platform_sdk"] } },
    });
    expect(outcome).toMatchObject({ status: "failed", error: { type: "ImportError", line: 4 } });
  });
});

describe("a run that goes too far", () => {
  it.each([
    [
      "timeout",
      "import time\nwhile True: time.sleep(0.01)",
      { wallTimeMs: 300 },
      /300 ms.*limits.wallTimeMs/,
    ],
    ["compute", "while True: pass", { computeMs: 200 }, /200 ms.*limits.computeMs/],
    ["output", "while True: print('x' * 1000)", { printBytes: 10_000 }, /limits.printBytes/],
    ["output", "while True: send_output('x' * 1000)", { outputBytes: 10_000 }, /limits.outputBytes/],
    ["output", "while True: sdk.log('info', 'x' * 1000)", { logBytes: 10_000 }, /limits.logBytes/],
    ["crashed", "import os\nos.abort()", {}, /the plugin provokes it/],
  ])("is stopped for its %s, and says what to do: %s", async (reason, source, limits, advice) => {
    const outcome = await forge().run(plugin(`print('begun')\n${source}`), { limits });
    expect(outcome).toMatchObject({ status: "stopped", reason, message: expect.stringMatching(advice) });
    expect(outcome.stdout.startsWith("begun\n")).toBe(true);
    expect((await forge().run(plugin("send_output(1)"))).output).toBe("1");
  });

  it("finds less memory than it wants", async () => {
    expect(await forge().run(plugin("x = 'x' * 10**9"))).toMatchObject({
      status: "failed",
      error: { type: "MemoryError" },
    });
  });
});

describe("what cannot be run", () => {
  it.each([
    ["no plugin", undefined, {}, /a plugin must be \{ name, source \}/],
    ["an option that does not exist", plugin(""), { inputs: "" }, /no option inputs; there are: input/],
    ["options that are none", plugin(""), "text", /must be an object/],
    ["input that is a value", plugin(""), { input: { a: 1 } }, /JSON.stringify/],
    ["input that is too large", plugin(""), { input: "xx", limits: { inputBytes: 1 } }, /limits.inputBytes/],
    ["a source that is too large", plugin(""), { limits: { sourceBytes: 1 } }, /limits.sourceBytes/],
    ["a file without bytes", plugin(""), { file: { name: "a", mediaType: "b", bytes: "c" } }, /file.bytes/],
    [
      "files that are too large together",
      plugin(""),
      { files: { a: "xx", b: "y" }, limits: { filesBytes: 2 } },
      /limits.filesBytes/,
    ],
    ["a path that climbs", plugin(""), { files: { "../a": "" } }, /no path below/],
    ["a path that is empty", plugin(""), { files: { "": "" } }, /no path below/],
    ["a path with a NUL", plugin(""), { files: { "a\0b": "" } }, /no path below/],
    ["a file that is a number", plugin(""), { files: { a: 5 } }, /a must be a text/],
    ["a signal that is none", plugin(""), { signal: {} }, /AbortSignal/],
    ["a tenant that is none", plugin(""), { tenant: "" }, /tenant/],
    ["a seed that is a fraction", plugin(""), { seed: 0.5 }, /safe integer/],
    ["a time that is a text", plugin(""), { now: "today" }, /milliseconds since 1970/],
    ["a limit that is the Forge's", plugin(""), { limits: { memoryMb: 1_000 } }, /give it to createForge/],
    [
      "a limit that does not exist",
      plugin(""),
      { limits: { wallTime: 5 } },
      /limits.wallTime does not exist/,
    ],
    ["a limit that is no number", plugin(""), { limits: { wallTimeMs: "5" } }, /whole number of ms/],
    ["a policy with a slip", plugin(""), { policy: { model: [] } }, /has no field model/],
    ["a policy that is a list", plugin(""), { policy: [] }, /policy/],
    ["record that is a text", plugin(""), { record: "yes" }, /record must be true or false/],
  ])("is refused in words that help: %s", async (_, what, options, message) => {
    const run = forge().run as (plugin: unknown, options: unknown) => Promise<unknown>;
    expect(await refusalOf(() => run.call(forge(), what, options))).toMatch(message);
    const stream = forge().stream as (plugin: unknown, options: unknown) => unknown;
    expect(await refusalOf(() => stream.call(forge(), what, options))).toMatch(message);
  });

  it.each([
    [{ seat: "fiber" }, /seat/],
    [{ seats: 0 }, /seats/],
    [{ provider: [] }, /no field provider; there are: runtime/],
    [{ providers: [{}] }, /providers.0: must be an object with generate, models, health/],
    [{ providers: [{ generate() {}, models() {}, health() {} }] }, /providers.0: must have a name/],
    [{ policy: { maxCalls: -1 } }, /policy.maxCalls/],
    [{ limits: { memoryMb: 1e9 } }, /limits.memoryMb/],
    [{ tools: { "a b": {} } }, /cannot be called from Python/],
    [{ audit: {} }, /audit.sink: must be an object with write/],
    [{ audit: { sink: { write() {} }, whenFail: 1 } }, /audit has no field whenFail/],
    [{ sessionKey: new Uint8Array(8) }, /sessionKey: must be at least 32 bytes/],
    [{ decide: true }, /decide: must be a function/],
    ["options", /the options/],
  ])("is refused before anything is started: createForge(%j)", async (options, message) => {
    const create = createForge as (options: unknown) => Promise<unknown>;
    expect(await refusalOf(() => create(options))).toMatch(message);
  });
});
