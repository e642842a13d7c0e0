import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createPluginRunner, modelThat, type PluginRun } from "../../test/sdk/run-plugin.js";

const folder = new URL("./", import.meta.url);
const files = await readdir(folder);
const names = files.flatMap((file) => (file.endsWith(".py") ? [file.slice(0, -3)] : []));
const run = createPluginRunner();
const echo = modelThat((prompt) => `ECHO:${prompt}`);

const sourceOf = (name: string) => readFile(new URL(`${name}.py`, folder), "utf8");
const says = (answer: string) => modelThat(() => answer);

async function completed(name: string, options: Parameters<typeof run>[1]): Promise<PluginRun> {
  const result = await run(await sourceOf(name), options);
  expect(result.end).toEqual({ kind: "completed" });
  return result;
}

async function report(name: string, options: Parameters<typeof run>[1]): Promise<Record<string, unknown>> {
  const { sent } = await completed(name, options);
  expect(sent).toHaveLength(1);
  return JSON.parse(sent[0] ?? "");
}

/** Every prompt that a model was asked, with its system prompt: what a policy measures. */
function prompts({ host }: PluginRun): string[] {
  return host.calls.flatMap((call) => {
    const asked = call.op === "begin" ? call.call : call;
    return asked.op === "call_ai" ? [asked.prompt + (asked.system ?? "")] : [];
  });
}

describe("every sample plugin", () => {
  it("has a description beside it that a platform can load", async () => {
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const about: unknown = JSON.parse(await readFile(new URL(`${name}.json`, folder), "utf8"));
      expect(about).toEqual({
        name,
        description: expect.stringMatching(/^[A-Z].{10,99}[^.]$/),
        input_type: expect.stringMatching(/^(text|file|json)$/),
        input_hint: expect.stringMatching(/./),
      });
    }
  });

  it.each(names)("says what is missing when it is given nothing: %s", async (name) => {
    const { end, host } = await run(await sourceOf(name));
    expect(end).toMatchObject({ kind: "raised", error: { type: "ValueError" } });
    expect(host.calls).toEqual([]);
  });

  it.each(names)("says why a model was not to be had: %s", async (name) => {
    const denied = { error: { code: "model_not_allowed", message: "not this one" } };
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
    const { end, sent } = await run(await sourceOf(name), {
      input: '{"text": "x"}',
      inputFile: { name: "a.png", mediaType: "image/png", bytes: png },
      script: { answer: (call) => (call.op === "call_ai" ? denied : undefined), begun: () => denied },
    });
    expect(JSON.stringify([end, sent])).toContain("model_not_allowed");
  });
});

describe("summarize", () => {
  it("asks once about a short text", async () => {
    const result = await completed("summarize", { input: " A text. ", script: says(" In short.\n") });
    expect(result.sent).toEqual(["In short."]);
    expect(prompts(result)).toEqual([expect.stringContaining("<text>\nA text.\n</text>")]);
  });

  it.each([
    ["paragraphs", "A sentence of a text. ".repeat(20).concat("\n\n").repeat(30)],
    ["words", "word ".repeat(3_000)],
    ["no space at all", "x".repeat(20_000)],
  ])("keeps within usual limits for a long text of %s, whatever the model says", async (_, input) => {
    const result = await completed("summarize", { input, script: echo });
    const asked = prompts(result);
    expect(asked.length).toBeLessThanOrEqual(10);
    expect(Math.max(...asked.map((prompt) => prompt.length))).toBeLessThanOrEqual(4_000);
    expect(result.sent).toHaveLength(1);
    expect(result.host.calls.at(-1)).toMatchObject({ op: "progress", fraction: 1 });
  });

  it("says what it left out of a text that is too long", async () => {
    const { sent } = await completed("summarize", { input: "word ".repeat(20_000), script: says("short") });
    expect(sent[0]).toMatch(
      /^short\n\n\(The text is too long: the last 2\d of its 3\d parts were left out\.\)$/,
    );
  });

  it("says so when the model has nothing to say", async () => {
    const { sent } = await completed("summarize", { input: "text", script: says(" \n") });
    expect(sent).toEqual(["The model had nothing to say about this text."]);
  });
});

describe("translate", () => {
  it("joins the parts in their order", async () => {
    const input = Array.from({ length: 5 }, (_, i) => `${i}${"x".repeat(1_999)}`).join("\n\n");
    const script = modelThat((prompt) => `#${/<text>\n(\d)/.exec(prompt)?.[1]}`);
    const result = await completed("translate", { input, script });
    expect(result.sent).toEqual(["#0\n\n#1\n\n#2\n\n#3\n\n#4"]);
    expect(Math.max(...prompts(result).map((prompt) => prompt.length))).toBeLessThanOrEqual(4_000);
  });

  it.each([
    ["  Xin chào  ", "Xin chào"],
    ['"Xin chào"', "Xin chào"],
    ["“Xin chào”", "Xin chào"],
    ["<text>\nXin chào\n</text>", "Xin chào"],
    ['"Xin" và "chào"', '"Xin" và "chào"'],
    ['"', '"'],
    ["", ""],
  ])("takes off what models put around a translation: %j", async (answer, translation) => {
    expect((await completed("translate", { input: "Hello", script: says(answer) })).sent).toEqual([
      translation,
    ]);
  });

  it("refuses a text that is too long before it costs anything", async () => {
    const { end, host } = await run(await sourceOf("translate"), { input: "word ".repeat(10_000) });
    expect(end).toMatchObject({
      kind: "raised",
      error: { message: expect.stringContaining("30000 can be") },
    });
    expect(host.calls).toEqual([]);
  });
});

describe("moderator", () => {
  it.each([
    ['{"score": 0, "categories": [], "reason": "kind"}', 0, "APPROVED"],
    ['{"score": 3, "categories": [], "reason": "fine"}', 3, "APPROVED"],
    ['{"score": 3.5, "reason": "hm"}', 4, "NEEDS REVIEW"],
    ['{"score": 6}', 6, "NEEDS REVIEW"],
    ['{"score": "7/10", "reason": "bad"}', 7, "BLOCKED"],
    ['Sure! ```json\n{"score": 10, "categories": ["hate"]}\n``` Anything else?', 10, "BLOCKED"],
    ['{"score": 11}', null, "NEEDS REVIEW"],
    ['{"score": -1}', null, "NEEDS REVIEW"],
    ['{"score": true}', null, "NEEDS REVIEW"],
    ['{"score": NaN}', null, "NEEDS REVIEW"],
    ['{"score": "low"}', null, "NEEDS REVIEW"],
    ['{"score": [1]}', null, "NEEDS REVIEW"],
    ["[1]", null, "NEEDS REVIEW"],
    ["APPROVED, score 0", null, "NEEDS REVIEW"],
    ["", null, "NEEDS REVIEW"],
  ])("takes %s for a score of %j: %s", async (answer, score, verdict) => {
    expect(await report("moderator", { input: "A text.", script: says(answer) })).toMatchObject({
      score,
      verdict,
    });
  });

  it("is not impressed by an answer of endless JSON", async () => {
    const script = says('{"a":'.repeat(50_000));
    expect(await report("moderator", { input: "A text.", script })).toMatchObject({ score: null });
  });

  it("reports only categories that it knows, and always a reason", async () => {
    const answer = '{"score": 8, "categories": ["spam", "x", 5, {"a": 1}], "reason": ["because"]}';
    expect(await report("moderator", { input: "A text.", script: says(answer) })).toEqual({
      verdict: "BLOCKED",
      score: 8,
      categories: ["spam"],
      reason: "The model's answer could not be understood.",
    });
  });

  it("approves nothing that was not read to its end", async () => {
    const answer = '{"score": 0, "categories": [], "reason": "Kind."}';
    expect(await report("moderator", { input: "x".repeat(5_000), script: says(answer) })).toMatchObject({
      verdict: "NEEDS REVIEW",
      reason: "Kind. (Only the first 3000 of 5000 characters were judged.)",
    });
  });

  it("works with a model that only echoes", async () => {
    expect(await report("moderator", { input: "A text.", script: echo })).toMatchObject({
      verdict: "NEEDS REVIEW",
    });
  });
});

describe("code_review", () => {
  const code = "def f(x):\n    return eval(x)\n";
  const review = (answer: string) => report("code_review", { input: code, script: says(answer) });

  it("asks three questions side by side, about code with line numbers", async () => {
    const result = await completed("code_review", { input: code, script: says('{"findings": []}') });
    expect(result.host.ops.slice(0, 4)).toEqual(["begin", "begin", "begin", "next"]);
    expect(prompts(result).every((prompt) => prompt.includes("2     return eval(x)"))).toBe(true);
    expect(JSON.parse(result.sent[0] ?? "")).toEqual({ lines: 2, bugs: [], security: [], suggestions: [] });
  });

  const eval_ = { line: 2, problem: "eval", fix: "" };
  it.each([
    ['{"findings": [{"line": 2, "problem": " eval ", "fix": "no"}]}', [{ ...eval_, fix: "no" }]],
    ['```json\n{"issues": [{"line": 2, "problem": "eval"}]}\n```', [eval_]],
    ['[{"line": 2, "problem": "eval"}]', [eval_]],
    ['{"line": 99, "problem": "eval"}', [{ ...eval_, line: null }]],
    [
      '{"findings": ["eval", "", 5, null, {"problem": ""}, {"line": true, "problem": "x"}]}',
      [
        { ...eval_, line: null },
        { ...eval_, line: null, problem: "x" },
      ],
    ],
    [
      "Here they are:\n- eval\n2. x\n",
      [
        { ...eval_, line: null },
        { ...eval_, line: null, problem: "x" },
      ],
    ],
    ["eval", [{ ...eval_, line: null }]],
    ['"eval"', [{ ...eval_, line: null, problem: '"eval"' }]],
    ["5", []],
    ["", []],
  ])("finds what there is in %s", async (answer, bugs) => {
    expect(await review(answer)).toMatchObject({ bugs, security: bugs });
  });

  it("takes an answer of endless JSON for a text", async () => {
    const { bugs } = await review("[".repeat(50_000));
    expect(bugs).toMatchObject([{ line: null, fix: "" }]);
  });

  it("reports what it could find out when one question fails", async () => {
    const script = {
      begun: (_: unknown, ticket: number) =>
        ticket === 2
          ? [{ error: { code: "timeout", message: "late" } } as object]
          : [{ ok: '{"findings": []}' }],
    };
    expect(await report("code_review", { input: code, script })).toMatchObject({
      bugs: [],
      security: { error: "timeout: late" },
    });
  });

  it("refuses code that is too long before it costs anything", async () => {
    const { end, host } = await run(await sourceOf("code_review"), { input: "x = 1\n".repeat(1_000) });
    expect(end).toMatchObject({
      kind: "raised",
      error: { message: expect.stringContaining("can be reviewed") },
    });
    expect(host.calls).toEqual([]);
  });
});

describe("image_describe", () => {
  const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const file = { name: "cat.png", mediaType: "image/png", bytes };
  const url = `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;

  it.each([
    ["a file", { inputFile: file }],
    ["a data URL, as old clients send it", { input: url }],
  ])("shows the model the picture of %s", async (_, given) => {
    const { sent, host } = await completed("image_describe", { ...given, script: says(" A cat. ") });
    expect(sent).toEqual(["A cat."]);
    expect(host.calls[0]).toMatchObject({ op: "call_ai", images: [Buffer.from(bytes).toString("base64")] });
  });

  it("refuses what is not a picture", async () => {
    const inputFile = { ...file, name: "a.txt", mediaType: "text/plain" };
    const { end } = await run(await sourceOf("image_describe"), { inputFile });
    expect(end).toMatchObject({ error: { message: "a.txt is not a picture but text/plain." } });
  });

  it("says so when the model has nothing to say", async () => {
    const { sent } = await completed("image_describe", { inputFile: file, script: says("\n") });
    expect(sent).toEqual(["The model had nothing to say about this picture."]);
  });
});

describe("batch_analyze", () => {
  it.each([
    ["one text", { task: "Count.", text: "a b" }, [["Count.", "a b"]]],
    [
      "many texts",
      { task: "Count.", text: ["a", " ", "b"] },
      [
        ["Count.", "a"],
        ["Count.", "b"],
      ],
    ],
    [
      "texts with tasks of their own",
      [{ task: "A.", text: "1" }, { text: ["2"] }],
      [
        ["A.", "1"],
        ["Sum this up in one sentence.", "2"],
      ],
    ],
    [
      "bare texts",
      ["1", "2"],
      [
        ["Sum this up in one sentence.", "1"],
        ["Sum this up in one sentence.", "2"],
      ],
    ],
  ])("understands %s", async (_, input, jobs) => {
    const script = modelThat((prompt) => ` ${prompt.split("\n")[2]}! `);
    expect(await report("batch_analyze", { input: JSON.stringify(input), script })).toEqual({
      analyzed: jobs.length,
      failed: 0,
      results: jobs.map(([task, text]) => ({ task, text, result: `${text}!` })),
    });
  });

  it("keeps the answers on the other texts when one fails", async () => {
    const script = {
      begun: (_: unknown, ticket: number) =>
        ticket === 1
          ? [{ error: { code: "timeout", message: "late" } } as object]
          : { error: { code: "too_many_calls", message: "enough" } },
    };
    const input = JSON.stringify({ text: ["a", "b"] });
    expect(await report("batch_analyze", { input, script })).toMatchObject({
      analyzed: 0,
      failed: 2,
      results: [{ error: { code: "timeout" } }, { error: { code: "too_many_calls" } }],
    });
  });

  it.each([
    ['{"text": 5}', "text a text or a list of texts"],
    ['{"task": 5, "text": "a"}', "task must be a text"],
    ['{"task": "a"}', "The input must be"],
    ["[[]]", "The input must be"],
    ["5", "The input must be"],
    ["[]", "There is nothing to analyze"],
    ["hello", "get_json(): the input is not JSON: Expecting value: line 1 column 1"],
  ])("says what is wrong with %s", async (input, message) => {
    const { end } = await run(await sourceOf("batch_analyze"), { input });
    expect(end).toMatchObject({ kind: "raised", error: { message: expect.stringContaining(message) } });
  });
});
