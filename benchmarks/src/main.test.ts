import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parseCommandLine } from "./command-line.mjs";
import type { Report } from "./types.js";

const main = fileURLToPath(new URL("./main.mjs", import.meta.url));
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);

const summary = {
  n: expect.any(Number),
  min: expect.any(Number),
  p50: expect.any(Number),
  p95: expect.any(Number),
};

describe("the bench command", () => {
  it("prints one JSON object on stdout and its progress on stderr", async () => {
    const { stdout, stderr } = await bench("engine", "--json", "--quick", "--only", "worker echo,monty");
    const report: Report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual(["name", "machine", "rows", "ratios"]);
    expect(report.name).toBe("engine");
    expect(report.machine).toMatchObject({ node: process.versions.node, cores: expect.any(Number) });
    expect(report.rows).toEqual([
      { subject: "monty", unit: "ms", ...summary },
      { subject: "worker echo", unit: "ms", ...summary },
    ]);
    expect(report.ratios).toEqual({});
    expect(stderr).toContain("worker echo");
  });

  it("measures whole processes, each of which has to answer right", async () => {
    const { stdout } = await bench("cold", "--json", "--quick", "--only", "node -e 0,quickjs context");
    const { rows, notes }: Report = JSON.parse(stdout);
    expect(notes).toBeUndefined();
    expect(rows.map(({ subject }) => subject)).toEqual(["node -e 0", "quickjs context"]);
    for (const { n, min } of rows) expect({ n, positive: min > 0 }).toEqual({ n: 1, positive: true });
  });

  it("measures memory in megabytes", async () => {
    const { stdout } = await bench("memory", "--json", "--quick", "--only", "worker echo");
    const { rows }: Report = JSON.parse(stdout);
    expect(rows).toEqual([{ subject: "worker echo", unit: "MB", ...summary, n: 1 }]);
  });

  it("names the benches when asked for one that is not there", async () => {
    await expect(bench("engin")).rejects.toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(
        "engine, cold, memory, cpu, cpu-cold, forge, door, kill, models, server, sessions, soak",
      ),
    });
  });

  it("runs every bench when none is named", () => {
    expect(parseCommandLine([]).names).toEqual([
      "engine",
      "cold",
      "memory",
      "cpu",
      "cpu-cold",
      "forge",
      "door",
      "kill",
      "models",
      "server",
      "sessions",
      "soak",
    ]);
  });

  it.each(["--quick", "--only=monty", "--node-flags=--no-opt"])("keeps no results made with %s", (option) => {
    expect(() => parseCommandLine(["engine", "--save", option])).toThrow(
      "--save keeps whole and plain runs only",
    );
  });

  it("gives the measured processes the flags it was given", async () => {
    await expect(
      bench("engine", "--json", "--quick", "--only", "monty", "--node-flags=--no-such-flag"),
    ).resolves.toMatchObject({ stdout: expect.stringContaining("monty is absent: ended with 9") });
  });
});
