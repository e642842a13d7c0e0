/** A file of audit records, written by a Forge that runs hostile plugins, in the hands of somebody who wants one gone. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createForge, jsonLinesFile, verifyAudit } from "@wasmforge/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const runs = 6;
/** Everything in it wants to be a line of its own. */
const hostileText =
  '\r\n{"hash":"x","missing":0,"previous":null,"run":{},"version":1}\n\u2028\u2029\0\u001b[2J\u202e';
const source = `
from platform_sdk import *
from platform_sdk import log
text = get_input()
print(text); log("info", text); send_output(text)
try: call_ai(text, text)
except AIError: pass
raise type(text[:50], (Exception,), {})(text)
`;

let folder = "";
let lines: readonly string[] = [];
let foreign: readonly string[] = [];

async function record(name: string, tenant: string): Promise<string[]> {
  const file = join(folder, name);
  await using forge = await createForge({
    seats: 1,
    pool: { warmUpMs: 0, spares: 0 },
    policy: { models: ["m"] },
    audit: { sink: jsonLinesFile(file), content: true },
  });
  for (let run = 0; run < runs; run++) {
    await forge.run(
      { name: `plugin-${run}`, source },
      { input: hostileText, tenant: `${tenant}${hostileText}` },
    );
  }
  await forge.close();
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "audit-chain-"));
  lines = await record("mine.jsonl", "mine");
  foreign = await record("foreign.jsonl", "foreign");
});
afterAll(() => rmSync(folder, { recursive: true }));

const isGood = async (attempt: readonly string[], after?: string) =>
  (await verifyAudit(attempt, after === undefined ? {} : { after })).ok;
const replaced = (at: number, line: string) => lines.map((old, index) => (index === at ? line : old));

/** As somebody would who knows how lines are made: with a hash that fits. */
function sealedAnew(line: string): string {
  const rest = line.slice(line.indexOf('"missing"'));
  return `{"hash":"${createHash("sha256").update(`{${rest}`).digest("hex")}",${rest}`;
}

describe("a chain of audit records", () => {
  it("has one line of ASCII for each run, whatever plugins, inputs and tenants say", async () => {
    expect(lines).toHaveLength(runs);
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(lines[0] ?? "").run.content.input).toBe(hostileText);
    expect(await verifyAudit(lines)).toMatchObject({ ok: true, records: runs, missing: 0 });
    expect(sealedAnew(lines[0] ?? "")).toBe(lines[0]);
  });

  it("is broken by every line that is missing, there twice, or in another place", async () => {
    for (let at = 0; at < runs; at++) {
      const without = lines.filter((_, index) => index !== at);
      // The last one alone can go: that is what the hash is for that is kept elsewhere.
      expect(await isGood(without), `without line ${at}`).toBe(at === runs - 1);
      for (let to = 0; to <= without.length; to++) {
        const line = lines[at] ?? "";
        const moved = without.toSpliced(to, 0, line);
        expect(await isGood(moved), `line ${at} at ${to}`).toBe(to === at);
        expect(await isGood(lines.toSpliced(to, 0, line)), `line ${at} again at ${to}`).toBe(false);
      }
    }
  });

  it("that was cut off ends in another hash than the one that was kept", async () => {
    const whole = await verifyAudit(lines);
    const cut = await verifyAudit(lines.slice(0, -1));
    expect(whole).toMatchObject({ ok: true });
    expect(cut).toMatchObject({ ok: true });
    expect("lastHash" in cut && cut.lastHash).not.toBe("lastHash" in whole && whole.lastHash);
  });

  it("is broken by every character that is different", async () => {
    const line = lines[2] ?? "";
    for (let at = 0; at < line.length; at++) {
      const other = line[at] === "0" ? "1" : "0";
      const changed = line.slice(0, at) + other + line.slice(at + 1);
      expect(await isGood(replaced(2, changed)), `character ${at}`).toBe(false);
    }
  });

  it("is broken by the same record in another writing", async () => {
    const line = lines[2] ?? "";
    const others = [
      ` ${line}`,
      `${line} `,
      `${line}\r`,
      `\ufeff${line}`,
      line.replace('"version":1', '"version":1.0'),
      line.replace('"missing":0', '"missing":-0'),
      line.replace('"missing":0', '"missing":0e5'),
      line.replace('"hash"', '"h\\u0061sh"'),
      line.replace('"version":1', '"version":1,"version":1'),
      line.replace('"version":1', '"__proto__":{},"version":1'),
      line.replaceAll("\\u202e", "\u202e"),
    ];
    for (const other of others) {
      expect(other).not.toBe(line);
      expect(await isGood(replaced(2, other)), other.slice(0, 80)).toBe(false);
      if (!other.startsWith('{"hash"')) continue;
      expect(await isGood(replaced(2, sealedAnew(other))), `sealed anew: ${other.slice(0, 80)}`).toBe(false);
    }
  });

  it("is broken behind a record that was changed and sealed anew", async () => {
    const forged = sealedAnew((lines[2] ?? "").replace(/"status":"\w+"/, '"status":"stopped"'));
    expect(await verifyAudit(replaced(2, forged))).toMatchObject({ ok: false, line: 4 });
    expect(await isGood([forged], JSON.parse(lines[1] ?? "").hash)).toBe(true);
  });

  it("takes no records of another chain, wherever they are put", async () => {
    for (let at = 0; at <= runs; at++) {
      expect(await isGood(lines.toSpliced(at, 0, ...foreign.slice(1, 3))), `put in at ${at}`).toBe(false);
      expect(await isGood([...lines.slice(0, at), ...foreign.slice(at)]), `goes on at ${at}`).toBe(
        at === 0 || at === runs,
      );
    }
  });

  it("does not take losses back", async () => {
    const more = sealedAnew((lines[0] ?? "").replace('"missing":0', '"missing":-1'));
    expect(await isGood([more])).toBe(false);
  });

  it.each([
    ["deep lists", "[".repeat(200_000) + "]".repeat(200_000)],
    ["deep objects", `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`],
    ["a large number", `{"a":${"9".repeat(1_000_000)}}`],
    ["many keys", `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`).join(",")}}`],
  ])("is judged, not believed, where it holds %s", async (_, run) => {
    const line = `{"hash":"${"0".repeat(64)}","missing":0,"previous":null,"run":${run},"version":1}`;
    expect(await verifyAudit([line])).toMatchObject({ ok: false, line: 1 });
  });
});
