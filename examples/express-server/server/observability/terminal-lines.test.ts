import { expect, it } from "vitest";
import { createTerminalDestination, toLogger } from "./index.js";

function write(say: (log: ReturnType<typeof toLogger>) => void): string {
  let text = "";
  const destination = createTerminalDestination((part) => {
    text += part;
  });
  say(toLogger("info", destination));
  return text;
}

it("is a sentence with its facts", () => {
  expect(write((log) => log.warn({ run_id: "r", n: 1 }, "a call failed"))).toBe(
    '  warn: a call failed  run_id="r"  n=1\n',
  );
});

it("has an error's message, and where it was thrown if it is a fault of ours", () => {
  const err = new Error("no route");
  expect(write((log) => log.warn({ err }, "lost"))).toBe("  warn: lost  no route\n");
  expect(write((log) => log.error({ err }, "lost"))).toMatch(
    /^ {2}error: lost\n {2}Error: no route\n {6}at /,
  );
});

it("has nothing in it that a terminal obeys", () => {
  const err = new Error("\u001b[31mred\rgone");
  const text = write((log) => log.warn({ err, path: "/\u001b]0;x\u0007" }, "odd\nline"));
  expect(text).toBe('  warn: odd\\u{a}line  \\u{1b}[31mred\\u{d}gone  path="/\\u001b]0;x\\u0007"\n');
});
