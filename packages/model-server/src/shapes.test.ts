import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createModelServer, type ModelServer } from "./index.js";

const model = "llama3.2:latest";
const embedder = "all-minilm:latest";
const thinker = "qwen3:latest";
let server: ModelServer;

beforeAll(async () => {
  server = await createModelServer({
    models: [
      { name: model },
      { name: embedder, capabilities: ["embedding"] },
      { name: thinker, capabilities: ["completion", "thinking"] },
    ],
    answer: ({ model: name }) => ({
      tokens: ["Hello", " there"],
      ...(name === thinker ? { thinking: ["Hm."] } : {}),
    }),
  });
});
afterAll(() => server.close());

describe("an answer of this server has only fields that a real one was seen to have", () => {
  const messages = [{ role: "user", content: "hi" }];
  const cases: [fixture: string, path: string, body?: object][] = [
    ["ollama/chat.ndjson", "/api/chat", { model, messages }],
    ["ollama/chat-thinking.ndjson", "/api/chat", { model: thinker, messages }],
    ["ollama/generate.ndjson", "/api/generate", { model, prompt: "hi" }],
    ["ollama/load.json", "/api/chat", { model, messages: [] }],
    ["ollama/unload.json", "/api/chat", { model, messages: [], keep_alive: 0 }],
    ["ollama/error-not-found.json", "/api/chat", { model: "missing", messages }],
    ["ollama/error-thinking.json", "/api/chat", { model, messages, think: true }],
    ["ollama/tags.json", "/api/tags"],
    ["ollama/show.json", "/api/show", { model }],
    ["ollama/embed.json", "/api/embed", { model: embedder, input: ["a", "b"] }],
    ["ollama/pull.ndjson", "/api/pull", { model }],
    ["ollama/version.json", "/api/version"],
    ["openai/chat.sse", "/v1/chat/completions", { model, messages, stream_options: { include_usage: true } }],
    ["openai/error.json", "/v1/chat/completions", { model: "missing", messages }],
    ["openai/models.json", "/v1/models"],
    ["openai/embeddings.json", "/v1/embeddings", { model: embedder, input: ["a"] }],
  ];
  for (const [fixture, path, body] of cases) {
    it(`${path}: ${fixture}`, async () => {
      const answer = toShapes(await ask(path, body));
      const recorded = toShapes(readFileSync(new URL(`../fixtures/${fixture}`, import.meta.url), "utf8"));
      expect(answer.length).toBeGreaterThan(0);
      for (const [field, types] of toFields(answer)) {
        expect(toFields(recorded).get(field) ?? "nothing", field).toContain(types);
      }
    });
  }

  it("/api/ps: ollama/ps.json", async () => {
    await ask("/api/chat", { model, messages: [] });
    const [answer] = toShapes(await ask("/api/ps"));
    const [recorded] = toShapes(readFileSync(new URL("../fixtures/ollama/ps.json", import.meta.url), "utf8"));
    expect(toFields([answer])).toEqual(toFields([recorded]));
  });
});

async function ask(path: string, body?: object): Promise<string> {
  const response = await fetch(
    server.url + path,
    body === undefined ? {} : { method: "POST", body: JSON.stringify(body) },
  );
  return response.text();
}

/** The objects in a body, whichever way it frames them. */
function toShapes(text: string): unknown[] {
  return text
    .split("\n")
    .map((line) => line.replace(/^data: /, ""))
    .filter((line) => line !== "" && line !== "[DONE]")
    .map((line) => JSON.parse(line));
}

function toFields(values: readonly unknown[]): Map<string, string> {
  const fields = new Map<string, string>();
  const visit = (value: unknown, path: string) => {
    if (Array.isArray(value)) {
      for (const item of value) {
        visit(item, `${path}[]`);
      }
    } else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        // Architectures name their fields after themselves, and finish reasons may be null.
        visit(inner, `${path}.${name.replace(/^(llama|qwen3)\./, "")}`);
      }
    } else if (value !== null) {
      fields.set(path, typeof value);
    }
  };
  for (const value of values) {
    visit(value, "");
  }
  return fields;
}
