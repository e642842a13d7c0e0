import { readFile } from "node:fs/promises";
import type { CallErrorCode } from "@wasmforge/bridge";
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

/** Whoever adds a code is sent here, and from here to the guide. */
const codes: Readonly<Record<CallErrorCode, true>> = {
  aborted: true,
  argument_not_allowed: true,
  bad_arguments: true,
  bad_request: true,
  bad_response: true,
  bad_tool_result: true,
  cancelled: true,
  decision_failed: true,
  denied: true,
  internal: true,
  model_not_allowed: true,
  model_not_found: true,
  overloaded: true,
  prompt_too_long: true,
  provider_failed: true,
  rate_limited: true,
  refused: true,
  reply_too_large: true,
  timeout: true,
  too_large: true,
  too_many_calls: true,
  too_many_images: true,
  too_many_tickets: true,
  too_many_tokens: true,
  tool_failed: true,
  tool_not_allowed: true,
  unauthorized: true,
  unavailable: true,
  unknown_call: true,
  unknown_ticket: true,
};

it("docs/guide/plugins.md explains every code that an AIError can have, and no other", async () => {
  const guide = await readFile(new URL("../../docs/guide/plugins.md", import.meta.url), "utf8");
  const rows = guide.slice(guide.indexOf("| code |")).split("\n\n")[0]?.split("\n").slice(2) ?? [];
  const explained = rows.flatMap((row) =>
    (row.split("|")[1]?.match(/`(\w+)`/g) ?? []).map((code) => code.slice(1, -1)),
  );
  expect(explained.sort()).toEqual(Object.keys(codes).sort());
});
