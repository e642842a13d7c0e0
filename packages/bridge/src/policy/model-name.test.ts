import { describe, expect, it } from "vitest";
import { normalizeModelName } from "./model-name.js";

describe("a model's name", () => {
  it.each([
    ["llama3.2", "llama3.2:latest"],
    ["llama3.2:latest", "llama3.2:latest"],
    ["library/llama3.2", "library/llama3.2:latest"],
    ["localhost:5000/llama3.2", "localhost:5000/llama3.2:latest"],
    ["localhost:5000/llama3.2:3b", "localhost:5000/llama3.2:3b"],
    ["summarizer@2", "summarizer@2"],
    ["llama3.2@sha256:abc", "llama3.2@sha256:abc"],
    ["mistral:", "mistral:"],
    ["Mistral ", "Mistral :latest"],
    ["", ":latest"],
  ])("%j is %j", (name, normal) => {
    expect(normalizeModelName(name)).toBe(normal);
    expect(normalizeModelName(normal)).toBe(normal);
  });
});
