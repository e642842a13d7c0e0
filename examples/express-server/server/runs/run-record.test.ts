import type { Outcome } from "@wasmforge/core";
import { expect, it } from "vitest";
import { toErrorMessage } from "./run-record.js";

const failed = (message: string) =>
  ({ status: "failed", error: { type: "ValueError", message, line: 3 } }) as unknown as Outcome;

it("says in one sentence what a plugin raised, and where", () => {
  expect(toErrorMessage(failed("no\0 שלום\u200f"))).toBe("ValueError: no\ufffd שלום\u200f (line 3)");
});

it("lets a plugin turn no text around that comes after its own", () => {
  expect(toErrorMessage(failed("\u202eabc\u2067"))).toBe("ValueError: \ufffdabc\ufffd (line 3)");
});

it("cuts no sign in halves, which no database would keep", () => {
  const message = toErrorMessage(failed("🙈".repeat(5_000))) ?? "";
  expect(message).not.toMatch(/\p{Surrogate}/u);
  expect(toErrorMessage(failed(`x${"🙈".repeat(5_000)}`))).not.toMatch(/\p{Surrogate}/u);
});
