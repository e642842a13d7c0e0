import { describe, expect, it } from "vitest";
import { ProviderError } from "../provider/provider-error.js";
import { fromProvider, fromTool } from "./call-error.js";
import { ToolError } from "./tool-error.js";

/** Says something else each time it is asked. */
function lying<T extends Error>(error: T, field: "code" | "message", first: string): T {
  let asked = 0;
  return Object.defineProperty(error, field, { get: () => (asked++ === 0 ? first : "sk-secret") });
}

describe("what a guest is told of an error", () => {
  it.each([
    ["a provider", fromProvider, new ProviderError("timeout", "too slow"), "timeout"],
    ["a tool", fromTool, new ToolError("tool_failed", "too slow"), "tool_failed"],
  ])("of %s is what was looked at, though its code changes when it is read again", (_, from, error, code) => {
    expect(from(lying(error, "code", code))).toMatchObject({ code, message: "too slow" });
  });

  it("has no code that is not documented, and nothing of an error that was not meant for it", () => {
    const invented = Object.assign(new ProviderError("timeout", "sk-secret"), { code: "sk-secret" });
    expect(fromProvider(invented)).toMatchObject({ code: "provider_failed" });
    expect(fromProvider(invented).message).not.toContain("secret");
    expect(fromTool(new Error("sk-secret"))).toMatchObject({ code: "tool_failed" });
    expect(fromTool(new Error("sk-secret")).message).not.toContain("secret");
  });
});
