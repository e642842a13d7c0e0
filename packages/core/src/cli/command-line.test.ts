import { echoProvider } from "@wasmforge/bridge";
import { createModelServer } from "@wasmforge/model-server";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "./command-line.js";
import type { Stream, Terminal } from "./terminal.js";

const files: Record<string, string | Uint8Array> = {
  "hello.py": "from platform_sdk import get_input, send_output\nsend_output('hello ' + get_input())\n",
  "ask.py":
    "from platform_sdk import call_ai, send_output\nsend_output(call_ai('any-model', 'a question'))\n",
  "rate.py":
    "from platform_sdk import call_ai, send_output\nsend_output(call_ai('m', 'Rate the sentiment 0-10. Reply with just the number: good'))\n",
  "raise.py": "x = 1\nraise ValueError('no \\x1b[31mred')\n",
  "forever.py": "while True: pass\n",
  "colours.py": "print('\\x1b[2Jgone')\n",
  "wrong.py": "def f(:\n",
  "file.py":
    "from platform_sdk import get_file, send_output\nf = get_file()\nsend_output(f'{f.name} {f.media_type} {len(f.data)}')\n",
  "alias.py":
    "from platform_sdk import call_ai, send_output\nsend_output(call_ai('parrot@1', 'a question'))\n",
  "models.json": JSON.stringify({ "parrot@1": "echo", "judge@1": "echo@sha256:000000000000" }),
  "wrong.json": JSON.stringify({ "parrot@1": { target: "echo", digst: "0" } }),
  "text.txt": "from a file\n",
  "picture.png": Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
};

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(
  args: readonly string[],
  options: Partial<Terminal> & { isTerminal?: boolean } = {},
): Promise<Result> {
  const written = { out: "", err: "" };
  const stream = (name: keyof typeof written): Stream => ({
    write(text) {
      written[name] += text;
    },
    isTerminal: options.isTerminal ?? false,
    columns: 80,
  });
  const terminal: Terminal = {
    stdout: stream("out"),
    stderr: stream("err"),
    async readFile(path) {
      const content = files[path];
      if (content === undefined) throw Object.assign(new Error("gone"), { code: "ENOENT" });
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    readStdin: async () => new TextEncoder().encode("from stdin"),
    load: async () => {
      throw new Error("not installed");
    },
    environment: {},
    nodeVersion: process.versions.node,
    signal: new AbortController().signal,
    ...options,
  };
  const code = await runCommandLine(args, terminal, "1.2.3");
  return { code, ...written };
}

describe("wasmforge run", () => {
  it("prints what the plugin sends, and ends with 0", async () => {
    expect(await run(["run", "hello.py", "--input", "you"])).toEqual({
      code: 0,
      out: "hello you\n",
      err: "",
    });
  });

  it("takes its input from a file, or from standard input", async () => {
    expect((await run(["run", "hello.py", "-f", "text.txt"])).out).toBe("hello from a file\n\n");
    expect((await run(["run", "hello.py", "-f", "-"])).out).toBe("hello from stdin\n");
  });

  it("hands a file to get_file with its name and media type", async () => {
    expect((await run(["run", "file.py", "--file", "picture.png"])).out).toBe("picture.png image/png 4\n");
  });

  it("ends with 1 and the traceback when the plugin raises", async () => {
    const { code, out, err } = await run(["run", "raise.py"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain('File "raise.py", line 2');
    expect(err).toContain("ValueError: no ␛[31mred");
  });

  it("ends with 3 and says what to do when the plugin takes too long", async () => {
    const { code, err } = await run(["run", "forever.py", "--timeout", "0.3"]);
    expect(code).toBe(3);
    expect(err).toMatch(/^stopped \((timeout|compute)\): /m);
  });

  it("ends with 3 when its user interrupts", async () => {
    const signal = AbortSignal.abort();
    expect(await run(["run", "hello.py"], { signal })).toMatchObject({ code: 3 });
  });

  it("prints the outcome as one JSON object", async () => {
    const { code, out, err } = await run(["run", "hello.py", "-i", "x", "--json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.trimEnd()).not.toContain("\n");
    expect(JSON.parse(out)).toMatchObject({ status: "completed", output: "hello x", usage: { calls: 0 } });
  });

  it("lets the providers without a model answer under any name, unless models are named", async () => {
    expect((await run(["run", "ask.py", "--provider", "echo"])).out).toBe("ECHO: a question\n");
    const refused = await run(["run", "ask.py", "--provider", "echo", "--model", "another"]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toContain("model_not_allowed");
  });

  it("shows control characters on a terminal, and passes them on to files and programs", async () => {
    expect((await run(["run", "colours.py"], { isTerminal: true })).out).toBe("␛[2Jgone\n");
    expect((await run(["run", "colours.py"])).out).toBe("\u001b[2Jgone\n");
  });

  it("has a demo of a model, which says what it is, for those who have none", async () => {
    const { code, out } = await run(["run", "ask.py"]);
    expect(code).toBe(0);
    expect(out.toLowerCase()).toContain("demo");
  });

  it("says on standard error that a demo answered, for answers that have no room to say it", async () => {
    for (const args of [["rate.py"], ["rate.py", "--json"]]) {
      const { code, out, err } = await run(["run", ...args]);
      expect(code).toBe(0);
      expect(out.toLowerCase()).not.toContain("demo");
      expect(err).toBe(
        "note: a demo answered call_ai by simple rules, no AI model was asked; see --provider\n",
      );
    }
    expect((await run(["run", "rate.py", "--provider", "echo"])).err).toBe("");
  });

  it("says how to get the adapter where it is missing", async () => {
    const { code, err } = await run(["run", "hello.py", "--provider", "ollama"]);
    expect(code).toBe(2);
    expect(err).toContain("npm install @wasmforge/ollama-adapter");
  });
});

describe("wasmforge", () => {
  it.each([
    [["run"], "missing required argument"],
    [["run", "no-such.py"], "there is no such file"],
    [["run", "picture.png"], "is not UTF-8 text"],
    [["run", "hello.py", "--timeout", "soon"], "number between"],
    [["run", "hello.py", "--memory", "1.5"], "whole number"],
    [["run", "hello.py", "--provider", "oracle"], "demo, echo, ollama, openai"],
    [["run", "hello.py", "-i", "a", "-f", "text.txt"], "cannot be used with"],
    [["models", "--registry", "text.txt"], "text.txt is no JSON"],
    [["models", "--registry", "wrong.json"], "parrot@1"],
    [["models", "--provider", "openai"], "needs one --host"],
    [["fly"], "unknown command"],
    [["run", "hello.py", "--fast"], "unknown option"],
  ])("answers %j with 2 and what is wrong", async (args, message) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  it("explains itself when it is asked nothing, and tells its version", async () => {
    const help = await run([]);
    expect(help.code).toBe(0);
    expect(help.out).toContain("Exit codes: 0 completed, 1 failed");
    expect(await run(["--version"])).toEqual({ code: 0, out: "1.2.3\n", err: "" });
  });
});

describe("wasmforge check", () => {
  it("finds nothing wrong with a good plugin", async () => {
    expect(await run(["check", "ask.py"])).toMatchObject({
      code: 0,
      out: "no problems found; about one model call\n",
    });
  });

  it("tells the place of a mistake as editors know it, and ends with 1", async () => {
    const { code, out } = await run(["check", "wrong.py"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^wrong\.py:1:\d+: error: /);
  });

  it("prints the report as JSON", async () => {
    const { out } = await run(["check", "wrong.py", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ code: "syntax", line: 1 }] });
  });
});

describe("wasmforge models", () => {
  it("lists what there is, with the provider's health", async () => {
    const { code, out } = await run(["models", "--provider", "echo"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^echo: connected .*\n +echo:latest +text/);
  });

  it("understands names as policies do, and ends with 1 where one that was asked for is not there", async () => {
    await using server = await createModelServer({ models: [{ name: "llama3.2:latest" }] });
    const args = ["models", "--provider", "openai", "--host", `${server.url}/v1`];
    const found = await run([...args, "--model", "llama3.2"]);
    expect(found).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^openai-compatible: connected .*\n +llama3\.2:latest +text +available\n$/),
    });
    const lost = await run([...args, "--model", "llama3.2", "mistral"]);
    expect(lost).toMatchObject({
      code: 1,
      out: expect.stringMatching(/\n +mistral:latest +text +not available +nobody here lists it\n$/),
    });
    expect(await run(["models", "--provider", "echo", "--model", "anything"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\n +anything:latest +text +available\n$/),
    });
  });

  it("keeps keys out of the command, and says that one is wrong", async () => {
    await using server = await createModelServer({ apiKey: "sk-secret" });
    const args = ["models", "--provider", "openai", "--host", `${server.url}/v1`];
    expect(await run(args, { environment: { OPENAI_API_KEY: "sk-secret" } })).toMatchObject({ code: 0 });
    const refused = await run(args, { environment: { OPENAI_API_KEY: "sk-other" } });
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining("wants another key") });
    expect(refused.out + refused.err).not.toContain("sk-other");
  });

  it("shows the names of a registry, and whether their weights are the trusted ones", async () => {
    const { code, out } = await run(["models", "--provider", "echo", "--registry", "models.json"]);
    expect({ code, out }).toEqual({
      code: 1,
      out: [
        "echo: connected (it is always there)",
        "  parrot@1  text  available      repeats the prompt",
        "  judge@1   text  not available  repeats the prompt; its weights are not those that were declared",
        "",
      ].join("\n"),
    });
    const { out: answer } = await run(["run", "alias.py", "--provider", "echo", "--registry", "models.json"]);
    expect(answer).toBe("ECHO: a question\n");
  });

  it("asks every host that it is given", async () => {
    const asked: unknown[] = [];
    const load = async () => ({
      ollama: (options: unknown) => {
        asked.push(options);
        return echoProvider();
      },
    });
    const args = ["models", "--provider", "ollama"];
    await run([...args, "--host", "http://a", "--host", "http://b"], { load });
    await run(args, { load, environment: { OLLAMA_HOST: "gpu" } });
    await run(args, { load });
    expect(asked).toEqual([{ hosts: ["http://a", "http://b"] }, { hosts: ["gpu"] }, {}]);
  });
});

describe("wasmforge doctor", () => {
  it("runs a plugin and says on what", async () => {
    const { code, out } = await run(["doctor"]);
    expect(code).toBe(0);
    expect(out).toMatch(/✓ Node\.js: \d+/);
    expect(out).toMatch(/Interpreter: (forged|stock), image [0-9a-f]{12}/);
    expect(out).toMatch(/A plugin's run: Python 3\.\d+/);
  });

  it("fails on a Node that is too old, and says which to install", async () => {
    const { code, out } = await run(["doctor", "--json"], { nodeVersion: "18.20.4" });
    expect(code).toBe(1);
    expect(JSON.parse(out).findings[0]).toMatchObject({
      ok: false,
      advice: "install Node 20.19 or a later one",
    });
  });
});
