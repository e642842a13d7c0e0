import type { Script } from "@wasmforge/python-runtime/conformance";
import { describe, expect, it } from "vitest";
import { createPluginRunner, modelThat } from "../sdk/run-plugin.js";
import { type Given, pythonSnippets } from "./python-snippets.js";

const run = createPluginRunner();
const documents = ["docs/guide/plugins.md"];

/** The platform that the guide talks about: its models, its one tool, and what the models say. */
function platform({ answers = [] }: Given): Script {
  let asked = 0;
  const model = modelThat(() => answers[Math.min(asked++, answers.length - 1)] ?? "");
  const orError = <Value>(told: Value): Value => {
    const code = /AIError (\w+)/.exec(JSON.stringify(told))?.[1];
    const error = { error: { code, message: "the model server did not answer" } };
    return code === undefined ? told : ((Array.isArray(told) ? [error] : error) as Value);
  };
  return {
    answer: (call) => {
      switch (call.op) {
        case "list_models":
          return { ok: ["llama3.2:latest", "llava:latest"] };
        case "list_tools":
          return { ok: [{ name: "lookup", description: "Finds a word.", input_schema: {} }] };
        case "call_tool":
          return { ok: "a drink" };
        case "embed":
          return { ok: call.texts.map((text) => [1, text.length / 10]) };
        default:
          return orError(model.answer?.(call));
      }
    },
    begun: (call, ticket) => orError(model.begun?.(call, ticket) ?? []),
  };
}

for (const file of documents) {
  describe(`the Python in ${file}`, async () => {
    for (const { source, line, given, says } of await pythonSnippets(file)) {
      it(`does what the page says: line ${line}`, async () => {
        const { name = "", mediaType = "", base64 = "" } = given.file ?? {};
        const { end, sent, printed, host } = await run(source, {
          script: platform(given),
          input: given.input ?? "",
          ...(given.file && { inputFile: { name, mediaType, bytes: Buffer.from(base64, "base64") } }),
        });
        expect({ end, printed }).toEqual({ end: { kind: "completed" }, printed: "" });
        expect(`${sent.join("\n")}\n`).toBe(says);
        expect(host.open).toEqual([]);
      });
    }
  });
}
