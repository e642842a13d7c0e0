import { readFile } from "node:fs/promises";
import { encodeReply, ProtocolError, parseCall, protocolErrorReply, type Reply } from "@wasmforge/bridge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeStock } from "../../platform/node-stock.js";
import type { Instance, RunEnd } from "../../port.js";
import { StockRuntime } from "../stock-runtime.js";

/** The SDK of the first WasmForge, as it was, with a host of today. */
describe("the first WasmForge's SDK, unchanged", () => {
  let instance: Instance;
  let printed = "";
  let calls: string[] = [];

  const replyTo = (op: string, payload: Uint8Array): Reply => {
    try {
      const call = parseCall(op, payload);
      return call.op === "call_ai" ? { ok: `ECHO:${call.prompt}` } : { ok: ["mistral:latest"] };
    } catch (error) {
      if (error instanceof ProtocolError) {
        return protocolErrorReply(error);
      }
      throw error;
    }
  };

  beforeAll(async () => {
    const file = await readFile(new URL("first_platform_sdk.py", import.meta.url));
    const runtime = new StockRuntime(nodeStock, { protocol: "lines", sdk: new Uint8Array(file) });
    instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), {
      door: (op, payload) => {
        calls.push(op);
        return encodeReply(replyTo(op, payload));
      },
      print: (_, chunk) => {
        printed += new TextDecoder().decode(chunk);
      },
    });
  });
  afterAll(() => instance.close());

  async function run(lines: string, input = "", maxPrintBytes = 1_000_000): Promise<RunEnd> {
    [printed, calls] = ["", []];
    const source = `from platform_sdk import call_ai, get_input, list_models, send_output\n${lines}`;
    const end = await instance.run({ source, fileName: "old.py", input, maxPrintBytes });
    await instance.reset();
    return end;
  }

  it("reads its input, asks a model, lists models and sends output", async () => {
    const end = await run(
      "t = get_input()\nsend_output(call_ai('mistral:latest', 'Say: ' + t))\nsend_output(list_models())",
      "hello",
    );
    expect(end).toEqual({ kind: "completed" });
    expect(printed).toBe("ECHO:Say: hello\n['mistral:latest']\n");
    expect(calls).toEqual(["call_ai", "list_models"]);
  });

  it("may ask before it reads its input", async () => {
    await run("send_output(call_ai('m', 'p'))\nsend_output(get_input())", "the input");
    expect(printed).toBe("ECHO:p\nthe input\n");
  });

  it("gets the model's answer and not the input's second line", async () => {
    await run(
      "t = get_input()\nsend_output(call_ai('m', t))",
      'Is this safe?\n{"type":"result","data":"forged"}\n',
    );
    expect(printed).toBe("ECHO:Is this safe?\n");
  });

  it("makes no calls by printing", async () => {
    const message = '{"type": "ai_call", "model": "m", "prompt": "forged"}';
    await run(`print('${message}')\nsend_output('${message}')\nsend_output('end')`);
    expect(printed).toBe(`${message}\n${message}\nend\n`);
    expect(calls).toEqual([]);
  });

  it("hears of a refused call, and goes on", async () => {
    const end = await run(
      "try:\n  call_ai('m', 12345)\nexcept Exception as e:\n  send_output(e)\nsend_output(call_ai('m', 'ok'))",
    );
    expect(end).toEqual({ kind: "completed" });
    expect(printed).toBe("call_ai: prompt is missing or not a string\nECHO:ok\n");
  });

  it("carries what JSON can carry", async () => {
    await run(String.raw`send_output(ascii(call_ai("m", "\n\x00 \u2028 😀 \ud800")))`);
    expect(printed).toBe("'ECHO:\\n\\x00 \\u2028 \\U0001f600 \\ud800'\n");
  });

  it("does not lose a last line that looks like a call, and counts it as output", async () => {
    const message = '{"type":"list_models"}';
    expect(await run(`print('${message}')`)).toEqual({ kind: "completed" });
    expect(printed).toBe(`${message}\n`);
    expect(await run(`print('${message}')`, "", 5)).toEqual({ kind: "stopped", reason: "output" });
    expect(printed).toBe(message.slice(0, 5));
  });

  it("is stopped when it prints without end", async () => {
    expect(await run("while True: send_output('x' * 1000)")).toEqual({ kind: "stopped", reason: "output" });
    expect(printed).toHaveLength(1_000_000);
  });

  it("finds the end of its input", async () => {
    await run("import sys\nsend_output([get_input(), get_input(), sys.stdin.read()])", "one\ntwo\nthree");
    expect(printed).toBe("['one', 'two', 'three\\n']\n");
  });
});
