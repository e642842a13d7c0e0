import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuditRecord, verifyAudit } from "@wasmforge/core";
import { expect, it } from "vitest";
import { startServer } from "./test-server.js";

it("leaves one record for each run in a chain, across restarts", async () => {
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  const file = join(folder, "audit.jsonl");
  try {
    const ids: string[] = [];
    for (const turn of [1, 2]) {
      await using started = await startServer({ AUDIT_FILE: file });
      await started.client.upload("fine", "print('fine')");
      await started.client.upload("broken", "{}['no']");
      for (const name of ["fine", "broken"]) {
        const { headers } = await started.client.run(name, `turn ${turn}`);
        ids.push(headers.get("x-run-id") ?? "none");
      }
    }
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(await verifyAudit(lines)).toMatchObject({ ok: true, records: 4, missing: 0 });
    const records = lines.map((line): AuditRecord => JSON.parse(line).run);
    expect(records.map(({ runId }) => runId)).toEqual(ids);
    expect(records.map(({ outcome }) => outcome.status)).toEqual([
      "completed",
      "failed",
      "completed",
      "failed",
    ]);
    expect(lines.join("")).not.toContain("turn 1");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
