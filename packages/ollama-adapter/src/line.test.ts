import { describe, expect, it } from "vitest";
import { isPlainToken, parseLine } from "./line.js";

const plain = [
  '{"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":" hi"},"done":false}',
  '{"message":{"content":"\\"done\\":true \\u00e9 \\\\ 😀"},"n":-1.5e+3,"z":null,"t":true,"done":false}',
];
const notPlain = [
  '{"message":{"content":""},"done":true}',
  '{"error":"x","done":false}',
  '{"error":"x"}',
  '{"done":false}}',
  '{"done":false',
  '["done":false]',
  '{"done":false,}',
  '{"a":01,"done":false}',
  '{"a":"\\x","done":false}',
  '{"a":"\u0001","done":false}',
  `{"a":"${"x".repeat(3000)}","done":false}`,
  '{"a":{"b":{"c":1}},"done":false}',
  '{"a":[1],"done":false}',
  ' {"done":false}',
  "",
];

describe("a line that is taken for a plain token", () => {
  for (const line of plain) {
    it(`can be ${line.slice(0, 60)}`, () => {
      expect(isPlainToken(line)).toBe(true);
      expect(parseLine(line)).toMatchObject({ done: false });
    });
  }

  for (const line of notPlain) {
    it(`cannot be ${JSON.stringify(line.slice(0, 60))}`, () => {
      expect(isPlainToken(line)).toBe(false);
    });
  }

  it("is always JSON, whatever character of it is lost, doubled or changed", () => {
    let taken = 0;
    for (const line of plain) {
      for (let at = 0; at < line.length; at++) {
        for (const change of [
          "",
          '"',
          "\\",
          "{",
          "}",
          ",",
          ":",
          "0",
          "e",
          "\n",
          "\u0000",
          line.charAt(at).repeat(2),
        ]) {
          const changed = line.slice(0, at) + change + line.slice(at + 1);
          if (isPlainToken(changed)) {
            taken += 1;
            expect(JSON.parse(changed)).toMatchObject({ done: false });
          }
        }
      }
    }
    expect(taken).toBeGreaterThan(100);
  });
});
