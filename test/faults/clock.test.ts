import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createForge, echoProvider, jsonLinesFile, verifyAudit } from "@wasmforge/core";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => vi.restoreAllMocks());

const yearMs = 365 * 86_400_000;
const source = "from platform_sdk import *\nfor _ in range(3): call_ai('echo', 'hello')\nsend_output('done')";

it("runs, rates and records are not disturbed by a clock that jumps by years, back and forth", async () => {
  const folder = mkdtempSync(join(tmpdir(), "clock-"));
  const file = join(folder, "audit.jsonl");
  const realNow = Date.now;
  let jumps = 0;
  vi.spyOn(Date, "now").mockImplementation(() => {
    jumps += 1;
    return realNow() + (jumps % 2 === 0 ? yearMs : -yearMs);
  });
  try {
    const forge = await createForge({
      seats: 2,
      providers: [echoProvider()],
      policy: { models: ["echo"], maxCallsPerMinute: { plugin: 90 } },
      audit: { sink: jsonLinesFile(file) },
    });
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => forge.run({ name: "p", source })));
    for (const { status, usage } of outcomes) {
      expect(status).toBe("completed");
      for (const ms of [usage.wallMs, usage.computeMs, usage.waitMs, usage.queueMs]) {
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThan(60_000);
      }
    }
    // Ninety calls were made, of which none is forgotten because a year has passed, or remembered for one.
    expect(await forge.run({ name: "p", source })).toMatchObject({ status: "failed" });
    await forge.close();
    expect(jumps).toBeGreaterThan(30);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(await verifyAudit(lines)).toMatchObject({ ok: true, records: 31, missing: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
