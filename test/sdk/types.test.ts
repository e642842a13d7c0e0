import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pythonSnippets } from "../docs/python-snippets.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const samples = path.join(root, "examples/plugins");
const typed = path.join(root, "test/sdk/typed");
const require = createRequire(import.meta.url);
const pyright = require.resolve("pyright/index.js");

interface Complaint {
  readonly file: string;
  /** From 0. */
  readonly range: { readonly start: { readonly line: number } };
  readonly message: string;
}

/** What an editor says about the files of this folder, while the SDK's stubs are where it looks for modules. */
async function complaintsAbout(folder: string): Promise<{ complaints: Complaint[]; files: number }> {
  const settings = {
    extraPaths: [path.join(root, "packages/bridge/python")],
    pythonVersion: "3.13",
    strict: ["typed"],
    reportUnusedCoroutine: true,
  };
  await writeFile(path.join(folder, "pyrightconfig.json"), JSON.stringify(settings));
  const output = await new Promise<string>((resolve) => {
    const done = (_: unknown, stdout: string) => resolve(stdout);
    execFile(process.execPath, [pyright, "--outputjson", "--project", folder], done);
  });
  const report: { generalDiagnostics: Complaint[]; summary: { filesAnalyzed: number } } = JSON.parse(output);
  return { complaints: report.generalDiagnostics, files: report.summary.filesAnalyzed };
}

describe("a type checker with the SDK's stubs", () => {
  let folder: string;
  let complaints: readonly Complaint[];
  const about = (place: string) =>
    complaints
      .filter(({ file }) => file.startsWith(path.join(folder, place)))
      .map(({ file, range, message }) => `${path.basename(file)}:${range.start.line + 1} ${message}`);

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "wasmforge-types-")));
    const isPython = (file: string) => ["", ".py"].includes(path.extname(file));
    await cp(typed, path.join(folder, "typed"), { recursive: true, filter: isPython });
    await cp(samples, path.join(folder, "plugins"), { recursive: true, filter: isPython });
    await mkdir(path.join(folder, "guide"));
    for (const { source, line } of await pythonSnippets("docs/guide/plugins.md")) {
      await writeFile(path.join(folder, `guide/line_${line}.py`), source);
    }
    const checked = await complaintsAbout(folder);
    complaints = checked.complaints;
    const python = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".py"));
    expect(checked.files).toBe(python.length);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("finds nothing wrong with good use of everything there is", () => {
    expect(about("typed/right.py")).toEqual([]);
  });

  it("finds every misuse, and nothing else, beside it", async () => {
    const lines = (await readFile(path.join(typed, "wrong.py"), "utf8")).split("\n");
    const wrong = lines.flatMap((line, index) => (line.endsWith("# wrong") ? [index + 1] : []));
    const found = complaints.filter(({ file }) => file.endsWith("wrong.py"));
    expect([...new Set(found.map(({ range }) => range.start.line + 1))]).toEqual(wrong);
  });

  it("finds nothing wrong with the sample plugins", () => {
    expect(about("plugins")).toEqual([]);
  });

  it("finds nothing wrong with what the guide shows", () => {
    expect(about("guide")).toEqual([]);
  });
});
