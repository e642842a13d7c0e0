import { describe, expect, it } from "vitest";
import { z } from "zod";
import { useForge } from "../test/forge.js";
import type { CheckProblem } from "./check-report.js";

const forge = useForge({
  seats: 1,
  tools: {
    lookup: {
      description: "",
      input: z.object({ word: z.string(), limit: z.int().optional() }),
      run: () => null,
    },
    forbidden: { description: "", input: z.object({}), run: () => null },
  },
  policy: { tools: { lookup: true } },
  // What holds for plugins does not hold for who reads them.
  limits: { wallTimeMs: 1, computeMs: 1, outputBytes: 0, printBytes: 0 },
});

const check = (source: string | Uint8Array, options = {}) => forge().check(source, options);
async function problemsOf(source: string | Uint8Array, options = {}): Promise<readonly CheckProblem[]> {
  return (await check(source, options)).problems;
}
const sdk = (source: string) =>
  problemsOf(`from platform_sdk import *\nimport platform_sdk as sdk\n${source}`);

describe("checking a plugin", () => {
  it("finds nothing wrong with one that is right", async () => {
    const source = `
import json, re
from datetime import datetime
from platform_sdk import call_ai, get_input, send_output, tools
for line in get_input().splitlines():
    send_output(call_ai("llama3.2", f"Summarize: {line}", temperature=0.5))
tools.lookup(word="x")
`;
    expect(await check(source)).toEqual({
      ok: true,
      problems: [],
      imports: ["datetime", "json", "platform_sdk", "re"],
      estimatedCalls: 1,
    });
  });

  it("never runs it", async () => {
    const source = "import os\nprint('ran')\nwhile True: pass\nos.abort()";
    expect(await check(source)).toMatchObject({ ok: true, problems: [] });
  });

  it.each([
    ["x = (", 1, 5, /never closed/],
    ["a = 1\ndef f(:\n  pass", 2, 7, /invalid syntax/],
    ["return 5", 1, 1, /outside function/],
    ["def f(a, a): pass", 1, 10, /duplicate argument/],
    ["for x in y:\npass", 2, 1, /expected an indented block/],
    ["x = 'é😀' +", 1, 12, /invalid syntax/],
    ["a\0b", 1, 1, /null bytes/],
    ["\ud800", 1, 1, /surrogates/],
    ["await x", 1, 1, /outside function/],
  ])("says what is no Python: %j", async (source, line, column, message) => {
    const [problem, ...others] = await problemsOf(source);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: "syntax", severity: "error", line, column });
    expect(problem?.message).toMatch(message);
  });

  it("counts columns as editors do", async () => {
    const [problem] = await sdk("x = '😀é'; call_ai(1)");
    expect(problem).toMatchObject({ line: 3, column: 12, endLine: 3, endColumn: 22 });
  });

  it("warns of what Python warns of", async () => {
    expect(await check("x = 1\ny = '\\d'")).toMatchObject({
      ok: true,
      problems: [{ code: "syntax", severity: "warning", line: 2 }],
    });
  });

  it("reads bytes as their own encoding says, and a text as text", async () => {
    const latin = Uint8Array.from("# coding: latin-1\nx = '\xe9'", (char) => char.charCodeAt(0));
    expect(await problemsOf(latin)).toEqual([]);
    expect(await problemsOf("\ufeff# coding: latin-1\nx = 'é'")).toEqual([]);
    expect(await problemsOf(Uint8Array.of(0x78, 0xff))).toMatchObject([{ code: "syntax" }]);
  });
});

describe("a plugin's imports", () => {
  it.each([
    ["import numpy", "import_unknown", /no module 'numpy' here/],
    ["from requests.adapters import x", "import_unknown", /'requests'/],
    ["import ssl", "import_absent", /part of Python/],
    ["import ctypes", "import_absent", /part of Python/],
    ["from . import other", "import_unknown", /one file/],
  ])("that cannot work are found: %s", async (source, code, message) => {
    for (let time = 0; time < 2; time++) {
      const problems = await problemsOf(source);
      expect(problems).toMatchObject([{ code, severity: "error", line: 1 }]);
      expect(problems[0]?.message).toMatch(message);
    }
  });

  it("are only warned of where the plugin catches their failure", async () => {
    const source = "try:\n  import numpy\nexcept ImportError:\n  numpy = None\n  import pandas";
    expect(await problemsOf(source)).toMatchObject([
      { severity: "warning", message: expect.stringContaining("numpy") },
      { severity: "error", message: expect.stringContaining("pandas") },
    ]);
  });

  it("are held against the policy", async () => {
    const policy = { imports: { allow: ["json"] } };
    expect(
      await problemsOf("import json\nimport os.path\nfrom platform_sdk import log", { policy }),
    ).toMatchObject([
      {
        code: "import_denied",
        line: 2,
        message: "this plugin may not import 'os', only: json, platform_sdk",
      },
    ]);
  });

  it("that work here are no problem, however large they are", async () => {
    const report = await check("import asyncio, sqlite3, xml.etree.ElementTree, zoneinfo, decimal");
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(report.imports).toEqual(["asyncio", "decimal", "sqlite3", "xml", "zoneinfo"]);
  });
});

describe("a plugin's use of the SDK", () => {
  it.each([
    ["sdk.call_aI('m', 'p')", "sdk_name", /no 'call_aI'; it has: .*call_ai/],
    ["from platform_sdk import send", "sdk_name", /no 'send'/],
    ["call_ai('m')", "sdk_arguments", /call_ai\(\) lacks 'prompt'/],
    ["call_ai()", "sdk_arguments", /lacks 'model', 'prompt'/],
    ["call_ai('m', 'p', 's')", "sdk_arguments", /takes only model, prompt by place/],
    ["call_ai('m', 'p', sytem='s')", "sdk_arguments", /no argument 'sytem'; it takes: model, prompt, system/],
    ["sdk.send_output()", "sdk_arguments", /lacks 'result'/],
    ["get_input('x')", "sdk_arguments", /takes no arguments/],
    ["sdk.tools.lookup()", "sdk_arguments", /lookup\(\) lacks 'word'/],
    ["sdk.tools.lookup('x')", "sdk_arguments", /by name only/],
    ["sdk.tools.lookup(word='x', max=5)", "sdk_arguments", /no argument 'max'/],
    ["sdk.tools.look(word='x')", "sdk_name", /no tool 'look' here; there are: lookup/],
    ["sdk.tools.forbidden()", "sdk_name", /no tool 'forbidden'/],
  ])("is held against what there is: %s", async (source, code, message) => {
    const problems = await sdk(source);
    expect(problems).toMatchObject([{ code, severity: "error", line: 3 }]);
    expect(problems[0]?.message).toMatch(message);
  });

  it.each([
    "args = ('m', 'p'); call_ai(*args)",
    "options = {}; call_ai('m', 'p', **options)",
    "def call_ai(anything): pass\ncall_ai()",
    "class Mine:\n  def send_output(self): pass\nMine().send_output()",
    "def f(get_input): get_input(1, 2, 3)",
    "sdk.tools.lookup(**{'word': 'x'})",
    "sdk.__name__",
    "print(sdk.AIError('a', 'b'))",
  ])("is not found wrong where it may be right: %s", async (source) => {
    expect(await sdk(source)).toEqual([]);
  });

  it.each([
    ["", 1],
    ["call_ai('m', 'p')", 1],
    ["call_ai('m', 'p')\nx = [call_ai('m', p) for p in 'ab']\nsdk.stream_ai('m', 'p')", 3],
    ["sdk.call_ai_many([('m', 'a'), ('m', 'b'), ('m', 'c')])", 3],
    ["sdk.call_ai_many(list)", 1],
    ["# call_ai('m', 'p') call_ai('m', 'p')\nx = 'call_ai() call_ai()'", 1],
    ["import platform_sdk as ai\nai.call_ai('m', 'p'); sdk.embed('m', ['t'])", 2],
  ])("is counted, calls in comments and texts aside: %j", async (source, calls) => {
    const report = await check(`from platform_sdk import *\nimport platform_sdk as sdk\n${source}`);
    expect(report.estimatedCalls).toBe(calls);
  });
});

describe("a source that is made to break its check", () => {
  it.each([
    ["parentheses without end", "(".repeat(100_000)],
    ["operators without end", `${"-".repeat(200_000)}1`],
    ["attributes without end", `a${".b".repeat(100_000)}`],
    ["a sum of a hundred thousand", `x = ${"1+".repeat(100_000)}1`],
    ["a list within lists", `${"[".repeat(199)}${"]".repeat(199)}`],
    ["a number to count to", "x = 9**9**9**9"],
    ["a text to be repeated", "x = 'a' * 10**12"],
    ["a format in formats", `x = ${"f'{".repeat(100)}`],
    ["a thousand errors", "call_ai()\n".repeat(5_000)],
    ["a name of a million letters", `import ${"a".repeat(900_000)}`],
    ["a message for a terminal", "import a\u0301\u200b"],
  ])("%s ends in a report, and the next check is normal", async (_, source) => {
    const { problems } = await check(`from platform_sdk import *\n${source}`);
    expect(problems.length).toBeLessThanOrEqual(200);
    for (const { message } of problems) {
      expect(message.length).toBeLessThanOrEqual(1_000);
      expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
    expect(await problemsOf("import json")).toEqual([]);
  });

  it("cannot be larger than a plugin may be", async () => {
    await expect(check("x".repeat(2_000_000))).rejects.toMatchObject({ code: "invalid_options" });
  });

  it("can be given up", async () => {
    const reason = new Error("the author typed on");
    await expect(check("", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe("preparing a plugin", () => {
  it("gives what can be run in its place, frozen, with its hash and what was found", async () => {
    const prepared = await forge().prepare({ name: "a", source: "import numpy" });
    expect(prepared).toMatchObject({
      name: "a",
      source: "import numpy",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      report: { ok: false, problems: [{ code: "import_unknown" }] },
    });
    expect(Object.isFrozen(prepared)).toBe(true);
    expect((await forge().run(prepared)).status).not.toBe("completed");
  });

  it("takes a copy of bytes", async () => {
    const source = new TextEncoder().encode("print(1)");
    const prepared = await forge().prepare({ name: "a", source });
    source.fill(0);
    expect(prepared.source).not.toBe(source);
    expect(new TextDecoder().decode(prepared.source as Uint8Array)).toBe("print(1)");
  });
});
