import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readProbeFolder } from "../probes/manifest.js";
import { filesBelow, root } from "./files-below.js";

const page = readFileSync(join(root, "THREAT_MODEL.md"), "utf8");
const scripts = readProbeFolder(join(root, "test/hostile")).probes.map(({ id }) => id);

const files = [
  ...["packages", "examples", "test", "scripts", "docs"].flatMap(filesBelow),
  "package-lock.json",
];
const textOf = new Map<string, string>();

function read(file: string): string {
  const text = textOf.get(file) ?? readFileSync(join(root, file), "utf8");
  textOf.set(file, text);
  return text;
}

interface Row {
  readonly section: string;
  readonly attack: string;
  readonly file: string;
  readonly test: string;
}

/** Suites that several packages run have other names, and so has what is checked while something is built. */
const tests = /\.test\.ts$|cases\.ts$|describe-\w+\.ts$|verify\.ts$|package-lock\.json$/;

/** Those of all tables with these four columns. */
const rows: readonly Row[] = page.split(/^## /m).flatMap((text) => {
  const [, table = ""] = text.split("| attack | defence | file | test |\n|---|---|---|---|\n");
  const section = text.slice(0, text.indexOf("\n"));
  return table
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => {
      const cells = line.slice(2, -2).split(" | ");
      expect(cells, line).toHaveLength(4);
      const [attack = "", , file = "", test = ""] = cells;
      return { section, attack, file, test };
    });
});

const namesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
const isScript = (name: string) => /^[a-z]+_[a-z0-9_*]+$/.test(name);
const toPattern = (name: string) =>
  name
    .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("\\*\\*", ".*")
    .replaceAll("\\*", "[^/]*");

/** A name is the end of a path, or a folder in the midst of it. */
const filesCalled = (name: string) => {
  const pattern = new RegExp(`(^|/)${toPattern(name.replace(/\/$/, ""))}($|/)`);
  return files.filter((file) => pattern.test(file));
};

describe("the threat model", () => {
  it("has tables", () => {
    expect(rows.length).toBeGreaterThan(90);
    expect(new Set(rows.map(({ section }) => section)).size).toBeGreaterThan(4);
  });

  it.each(rows)("names files that exist: $attack", ({ file, test }) => {
    expect(namesIn(file), "files that defend").not.toEqual([]);
    expect(namesIn(test), "tests").not.toEqual([]);
    for (const name of [...namesIn(file), ...namesIn(test)]) {
      if (!isScript(name)) expect(filesCalled(name), name).not.toEqual([]);
    }
    for (const name of namesIn(test).filter((each) => !isScript(each))) {
      expect(name, "a test").toMatch(tests);
    }
  });

  it.each(rows.filter(({ test }) => test.includes('"')))("quotes tests that exist: $attack", ({ test }) => {
    const candidates = namesIn(test)
      .filter((name) => !isScript(name))
      .flatMap(filesCalled);
    for (const [, quoted = ""] of test.matchAll(/"([^"]+)"/g)) {
      const holders = candidates.filter((file) => file.endsWith(".ts") && read(file).includes(quoted));
      expect(holders, quoted).not.toEqual([]);
    }
  });

  it("names every hostile script, and no other", () => {
    const named = rows.flatMap(({ test }) => namesIn(test).filter(isScript));
    const patterns = named.map((name) => new RegExp(`^${name.replaceAll("*", ".*")}$`));
    for (const [at, pattern] of patterns.entries()) {
      expect(
        scripts.some((id) => pattern.test(id)),
        named[at],
      ).toBe(true);
    }
    expect(scripts.filter((id) => !patterns.some((pattern) => pattern.test(id)))).toEqual([]);
  });
});

describe("the page of findings", () => {
  const findings = readFileSync(join(root, "docs/security/findings.md"), "utf8");
  const names = namesIn(findings).filter((name) => /[/.]/.test(name));

  it("names tests and files that exist", () => {
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(filesCalled(name), name).not.toEqual([]);
    for (const name of namesIn(findings).filter(isScript)) expect(scripts).toContain(name);
  });
});

it("the report counts every hostile script", () => {
  expect(readFileSync(join(root, "docs/security/report.md"), "utf8")).toContain(
    `${scripts.length} scripts in`,
  );
});
