import { appendFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AuditTrail } from "../audit-trail.js";
import { verifyAudit } from "../verify-audit.js";
import { jsonLinesFile } from "./json-lines-file.js";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "wasmforge-audit-"));
  file = path.join(folder, "audit.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

async function record(...runs: readonly unknown[]): Promise<string[]> {
  const errors: string[] = [];
  const trail = await AuditTrail.open({
    sink: jsonLinesFile(file),
    onError: (error) => void errors.push(String(error.cause ?? error)),
  });
  for (const run of runs) trail.add(JSON.stringify(run));
  await trail.close();
  return errors;
}

const lines = async () => (await readFile(file, "utf8")).trimEnd().split("\n");

describe("a file of audit records", () => {
  it("is made for its owner alone, and holds the chain", async () => {
    await record({ n: 1 }, { n: 2 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await verifyAudit(await lines())).toMatchObject({ ok: true, records: 2 });
  });

  it("goes on with the chain that is there", async () => {
    await record({ n: 1 });
    await record({ n: 2 }, { n: 3 });
    expect(await verifyAudit(await lines())).toMatchObject({ ok: true, records: 3, missing: 0 });
  });

  it("finds the last line however long it is", async () => {
    await record({ n: 1 }, { filling: "x".repeat(300_000) });
    await record({ n: 3 });
    expect(await verifyAudit(await lines())).toMatchObject({ ok: true, records: 3 });
  });

  it.each([
    ["in the middle of its last line", 20, 2],
    ["just before its last line end", 1, 2],
    ["in the middle of its only line", 20, 1],
  ])(
    "that was cut off %s goes on with the whole lines, and says that one is missing",
    async (_, cut, count) => {
      await record(...[{ n: 1 }, { n: 2 }].slice(0, count));
      await truncate(file, (await stat(file)).size - cut);
      await record({ n: 3 });
      expect(await verifyAudit(await lines())).toMatchObject({ ok: true, records: count, missing: 1 });
    },
  );

  it.each([
    ["does not end in a record", Buffer.from("something else\n")],
    ["has one line without an end", Buffer.from("-----BEGIN PRIVATE KEY-----")],
    ["has lines of something else, and a last one without an end", Buffer.from('{\n  "name": "x"\n}')],
    ["is in another encoding", Buffer.from(`\ufeff{"hash":""}`, "utf16le")],
    ["begins with a mark of byte order", Buffer.from(`\ufeff{"hash":"`)],
  ])("that %s is refused, and left as it is", async (_, content) => {
    await writeFile(file, content);
    await expect(record({ n: 1 })).rejects.toMatchObject({
      code: "audit_failed",
      cause: { message: expect.stringContaining("is not a record") },
    });
    expect(await readFile(file)).toEqual(content);
  });

  it("that somebody changed at its end is refused", async () => {
    await record({ n: 1 });
    await writeFile(file, (await readFile(file, "utf8")).replace('"n":1', '"n":2'));
    await expect(record({ n: 2 })).rejects.toMatchObject({
      cause: { message: expect.stringContaining("was changed") },
    });
  });

  it("notices that something else writes to it", async () => {
    const errors: string[] = [];
    const trail = await AuditTrail.open({
      sink: jsonLinesFile(file),
      onError: (error) => void errors.push(String(error.cause ?? error)),
    });
    await appendFile(file, "a line of somebody else\n");
    trail.add("{}");
    await trail.close();
    expect(errors[0]).toContain("something else writes to it");
    expect(await readFile(file, "utf8")).toBe("a line of somebody else\n");
  });

  it("takes back nothing but its own, when something else wrote after a line that failed", async () => {
    const sink = jsonLinesFile(file);
    await sink.open?.();
    const probe = await open(file);
    const failing = vi
      .spyOn(Object.getPrototypeOf(probe), "datasync")
      .mockRejectedValue(new Error("no space"));
    await probe.close();
    await expect(sink.write(["mine"])).rejects.toThrow("no space");
    await expect(sink.write(["mine"])).rejects.toThrow("no space");
    expect(await readFile(file, "utf8")).toBe("mine\n");
    await appendFile(file, "a line of somebody else\n");
    failing.mockRestore();
    await expect(sink.write(["mine"])).rejects.toThrow("something else writes to it");
    await sink.close?.();
    expect(await readFile(file, "utf8")).toBe("mine\na line of somebody else\n");
  });

  it("serves one Forge at a time", async () => {
    const sink = jsonLinesFile(file);
    await sink.open?.();
    await expect(sink.open?.()).rejects.toThrow("use one sink for one Forge");
    await sink.close?.();
    await sink.close?.();
    await sink.open?.();
    await sink.close?.();
  });

  it("in a folder that does not exist is an error that names the path", async () => {
    await expect(
      AuditTrail.open({ sink: jsonLinesFile(path.join(folder, "none", "a.jsonl")), onError() {} }),
    ).rejects.toMatchObject({ code: "audit_failed", cause: { message: expect.stringContaining("none") } });
  });
});
