import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parseStubs } from "./parse-stubs.js";

const stubs = new URL("../../../../../../packages/bridge/python/platform_sdk.pyi", import.meta.url);

describe("the SDK's stubs", async () => {
  const symbols = parseStubs(await readFile(stubs, "utf8"));
  const find = (name: string) => symbols.find((symbol) => symbol.name === name);

  it("have all that plugins use, and nothing private", () => {
    const names = symbols.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["call_ai", "get_input", "send_output", "list_models", "AIError"]),
    );
    expect(names).toEqual(
      expect.arrayContaining(["File", "progress", "tools", "call_ai_many", "stream_ai_async"]),
    );
    expect(names.filter((name) => name.startsWith("_"))).toEqual([]);
  });

  it("have something to say about everything", () => {
    expect(symbols.filter(({ documentation }) => documentation === "")).toEqual([]);
    expect(find("tools")?.documentation).toContain("What the host offers");
  });

  it("have signatures that can be read", () => {
    expect(find("call_ai")?.signatures.map(({ label }) => label)).toEqual([
      "call_ai(model: str, prompt: str, *, system: str | None = None, images: Image | Iterable[Image] | None = None, " +
        "format: Format | None = None, temperature: float | None = None, max_tokens: int | None = None) -> str",
    ]);
    expect(find("get_input")?.signatures).toEqual([
      { label: "get_input() -> str", parameters: [], returns: "str" },
    ]);
    expect(find("call_ai_async")?.signatures[0]?.label).toMatch(/^async call_ai_async\(model: str/);
    expect(find("log")?.signatures[0]?.label).toContain('Literal["debug", "info", "warning", "error"]');
  });

  it("have labels in which each parameter is found", () => {
    for (const { signatures } of symbols.flatMap((symbol) => [symbol, ...symbol.members])) {
      for (const { label, parameters } of signatures) {
        for (const parameter of parameters) expect(label).toContain(parameter.label);
      }
    }
  });

  it("say what each parameter is for", () => {
    const parameters = find("call_ai")?.signatures[0]?.parameters ?? [];
    expect(parameters.find(({ name }) => name === "system")).toMatchObject({
      documentation: "who the model shall be and how it shall answer.",
      isKeywordOnly: true,
    });
    expect(parameters.find(({ name }) => name === "prompt")?.isKeywordOnly).toBe(false);
    expect(find("call_ai")?.documentation).toMatch(/^Asks a model .* fails\.$/);
  });

  it("have every way in which a function can be called", () => {
    expect(find("call_ai_many")?.signatures).toHaveLength(2);
    expect(find("call_ai_many")?.documentation).toContain("side by side");
  });

  it("have classes with how they are made and what they have", () => {
    expect(find("File")?.signatures[0]?.label).toBe("File(name: str, media_type: str, data: bytes) -> File");
    expect(find("File")?.members.map(({ name }) => name)).toEqual(["name", "media_type", "data", "text"]);
    expect(find("AIError")?.members.map(({ name }) => name)).toEqual(["code", "message"]);
  });
});
