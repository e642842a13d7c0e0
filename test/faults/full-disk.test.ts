/** A disk that takes nothing more, under what the host writes. */
import { existsSync } from "node:fs";
import { createForge, ForgeError, jsonLinesFile } from "@wasmforge/core";
import { describe, expect, it } from "vitest";

/** Whatever is written to it does not fit. */
const fullDisk = "/dev/full";
const plugin = { name: "fine", source: "print('fine')" };

describe.skipIf(!existsSync(fullDisk))("an audit file on a full disk", () => {
  it("costs records, of which the host is told, and no run", async () => {
    const errors: ForgeError[] = [];
    const forge = await createForge({
      seats: 1,
      audit: { sink: jsonLinesFile(fullDisk), onError: (error) => errors.push(error), flushMs: 200 },
    });
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await forge.run(plugin)).toMatchObject({ status: "completed", stdout: "fine\n" });
    }
    await forge.close();
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error.code).toBe("audit_failed");
    expect(String(errors[0]?.cause)).toContain("ENOSPC");
  });

  it("lets nothing run where nothing may run without a record", async () => {
    const errors: ForgeError[] = [];
    await using forge = await createForge({
      seats: 1,
      audit: {
        sink: jsonLinesFile(fullDisk),
        whenFailing: "refuse",
        onError: (error) => errors.push(error),
        flushMs: 200,
      },
    });
    const first = await forge.run(plugin);
    expect(first.status).toBe("completed");
    const isRefused = async () =>
      forge.run(plugin).then(
        () => false,
        (error) => ForgeError.is(error) && error.code === "audit_failed",
      );
    await expect.poll(isRefused, { timeout: 20_000 }).toBe(true);
  });
});
