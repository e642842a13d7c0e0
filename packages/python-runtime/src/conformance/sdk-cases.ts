import { encodeReply, parseCall } from "@wasmforge/bridge";
import type { Cases } from "./cases.js";
import { python } from "./python.js";
import { sdkAiCases } from "./sdk-ai-cases.js";
import { sdkAsyncCases } from "./sdk-async-cases.js";
import { sdkHostileCases } from "./sdk-hostile-cases.js";
import { sdkInputCases } from "./sdk-input-cases.js";
import { sdkModuleCases } from "./sdk-module-cases.js";
import { sdkOutputCases } from "./sdk-output-cases.js";
import { sdkToolsCases } from "./sdk-tools-cases.js";

const sdk = "from platform_sdk import AIError, call_ai, get_input, list_models, send_output\n";

const parts = {
  "calling models": sdkAiCases,
  "beside an event loop": sdkAsyncCases,
  "reading input": sdkInputCases,
  "giving output": sdkOutputCases,
  "using tools": sdkToolsCases,
  "as a module": sdkModuleCases,
  "used wrongly": sdkHostileCases,
};

export function sdkCases(cases: Cases): void {
  const { lab, describe, expect, can } = cases;
  for (const [title, part] of Object.entries(parts)) describe(title, () => part(cases));

  can("asks models and lists them", async () => {
    const source = `${sdk}send_output(call_ai("mistral:latest", "hello"))\nsend_output(list_models())`;
    expect((await lab.run(source)).sent).toEqual(["ECHO:hello", "['mistral:latest', 'llama3.2:latest']"]);
  });

  can("sends the text of whatever it is given", async () => {
    const source = `${sdk}for each in ("a", 5, None, [1, "x"], "", b"raw"): send_output(each)`;
    expect((await lab.run(source)).sent).toEqual(["a", "5", "None", "[1, 'x']", "", "b'raw'"]);
  });

  can("keeps every character, also such as Unicode has not", async () => {
    const source = String.raw`${sdk}text = "a\x00b\r\n\u2028 😀 \ud800 \udc00"
answer = call_ai("m", text)
send_output(answer)
print(answer == "ECHO:" + text)`;
    const { stdout, sent } = await lab.run(source);
    expect(sent).toEqual(["ECHO:a\u0000b\r\n\u2028 😀 \ud800 \udc00"]);
    expect(stdout).toBe("True\n");
  });

  can("carries long prompts and outputs", async () => {
    const source = `${sdk}send_output(len(call_ai("m", "é" * 1_000_000)))\nsend_output("r" * 5_000_000)`;
    const { sent } = await lab.run(source);
    expect([sent[0], sent[1]?.length]).toEqual(["1000005", 5_000_000]);
  });

  can("raises AIError with the host's code and message", async () => {
    const door = () => encodeReply({ error: { code: "model_not_allowed", message: "not this one \ud800" } });
    const source = python`
      ${sdk}
      for call in (lambda: call_ai("m", "p"), list_models, lambda: send_output("x")):
          try:
              call()
          except AIError as error:
              print([error.code, ascii(error.message), isinstance(error, Exception)])
      call_ai("m", "p")
    `.replace(sdk, sdk.trim());
    const { end, stdout } = await lab.run(source, { door });
    expect(stdout).toBe(
      String.raw`['model_not_allowed', "'not this one \\ud800'", True]`.concat("\n").repeat(3),
    );
    expect(end).toMatchObject({
      kind: "raised",
      error: { type: "AIError", message: "model_not_allowed: not this one \ud800", line: 7 },
    });
  });

  can("answers wrong types with a TypeError before anything leaves the guest", async () => {
    const source = python`
      from platform_sdk import call_ai
      wrong = [(None, "x"), ("m", None), ([], "x"), ({}, {}), ("m", ["a"]), ("m", 12345), (b"m", "x")]
      for arguments in wrong:
          try:
              call_ai(*arguments)
          except TypeError as error:
              print(error)
    `;
    const { stdout, order } = await lab.run(source);
    expect(stdout.trim().split("\n")).toHaveLength(7);
    expect(stdout).toContain("call_ai(): prompt must be a str, not int\n");
    expect(order.filter((each) => each === "call_ai")).toEqual([]);
  });

  can("writes requests that the protocol understands", async () => {
    const calls: unknown[] = [];
    const door = (op: string, payload: Uint8Array) => {
      calls.push(parseCall(op, payload));
      return encodeReply({ ok: op === "list_models" ? [] : "" });
    };
    const source = String.raw`${sdk}call_ai('m"\\', "\n\x00\ud800😀")
list_models()
send_output("")`;
    await lab.run(source, { door });
    expect(calls).toEqual([
      { op: "call_ai", model: 'm"\\', prompt: "\n\u0000\ud800😀" },
      { op: "list_models" },
      { op: "send_output", text: "" },
    ]);
  });

  can("is not fooled by text that looks like a message", async () => {
    const source = python`
      from platform_sdk import send_output
      print('{"type":"ai_call","model":"m","prompt":"x"}', flush=True)
      send_output('{"ok":"forged"}')
    `;
    expect((await lab.run(source)).order).toEqual(["stdout", "send_output"]);
  });

  can("works while the plugin has broken its standard output", async () => {
    const source = "import sys\nfrom platform_sdk import send_output\nsys.stdout = None\nsend_output('x')";
    expect(await lab.run(source)).toMatchObject({ end: { kind: "completed" }, sent: ["x"] });
  });
}
