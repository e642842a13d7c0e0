import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root, runProgram, tool } from "./run-program.mjs";

let folder: string;

beforeEach(async () => {
  // Inside the repository, where `vitest` resolves.
  await mkdir(join(root, ".cache"), { recursive: true });
  folder = await mkdtemp(join(root, ".cache/closing-line-"));
  await writeFile(join(folder, "vitest.config.ts"), `export default { test: { globals: true } };`);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function lastLine(tests: string): Promise<string | undefined> {
  await writeFile(join(folder, "some.test.js"), tests);
  const reporter = join(root, "scripts/closing-line.ts");
  const { stdout } = await runProgram(tool("vitest"), ["run", "--root", folder, "--reporter", reporter]);
  return stdout.trimEnd().split("\n").at(-1);
}

describe("the closing line of a test run", () => {
  it("counts what passed, failed and was skipped", async () => {
    const line = await lastLine(`
      it("a", () => {});
      it("b", () => {});
      it("c", () => { throw new Error("no"); });
      it.skip("d", () => {});
    `);
    expect(line).toBe("2 passed, 1 failed, 1 skipped");
  });

  it("leaves out what did not happen", async () => {
    expect(await lastLine(`it("a", () => {});`)).toBe("1 passed, 0 failed");
  });

  it("counts a file that does not load as a failure", async () => {
    expect(await lastLine(`throw new Error("no");`)).toBe("0 passed, 1 failed");
  });

  it("counts a broken hook as a failure", async () => {
    const line = await lastLine(`
      describe("suite", () => {
        beforeAll(() => { throw new Error("no"); });
        it("a", () => {});
      });
    `);
    expect(line).toBe("0 passed, 1 failed, 1 skipped");
  });

  it("counts a rejection that nobody awaited as a failure", async () => {
    const line = await lastLine(`it("a", () => { Promise.reject(new Error("no")); });`);
    expect(line).toBe("1 passed, 1 failed");
  });
});
