import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { variableNames, variables } from "./variables.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const rows = readme.split("\n").flatMap((line) => {
  const [, names = "", value = ""] = line.split("|").map((cell) => cell.trim());
  return [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => ({ name, value }));
});

it("names every setting in the README, and none that there is not", () => {
  expect(rows.map(({ name }) => name).sort()).toEqual([...variableNames].sort());
});

it("says in the README what each setting is when nobody sets it", () => {
  const defaults = variables.parse({});
  const toText = (value: unknown) => (value === undefined ? "" : value === true ? "on" : String(value));
  // Elsewhere told in words.
  const told = ["DB_PORT", "LOG_LEVEL"];
  for (const { name, value } of rows) {
    if (name === undefined || told.includes(name)) continue;
    expect(`${name} ${value}`).toBe(`${name} ${toText(defaults[name as keyof typeof defaults])}`);
  }
});
