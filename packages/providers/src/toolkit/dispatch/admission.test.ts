import { expect, it, vi } from "vitest";
import { createManualClock } from "../test/manual-clock.js";
import { Admission } from "./admission.js";
import { FairLines } from "./fair-lines.js";
import { Host } from "./host.js";

it("remembers few of those who waited and left, however many names they had", async () => {
  const added = vi.spyOn(FairLines.prototype, "add");
  const clock = createManualClock();
  const breaker = { failures: 3, restMs: 1_000, maxRestMs: 1_000 };
  const host = new Host({ url: "http://a", headers: {} }, 1, clock, breaker);
  const admission = new Admission([host], { maxQueue: 10, clock });
  const { signal: staying } = new AbortController();
  const enter = (tenant: string, signal: AbortSignal) =>
    admission.enter({ tenant, plugin: `${tenant}'s`, signal, rate: () => 0, again: false });
  const lease = await enter("first", staying);
  for (let count = 0; count < 5_000; count++) {
    const leaving = new AbortController();
    const left = enter(`tenant ${count}`, leaving.signal);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: "aborted" });
  }
  lease.release();
  const [lines] = added.mock.contexts;
  expect((lines as FairLines<never> | undefined)?.known).toBeLessThan(1_000);
  added.mockRestore();
});
