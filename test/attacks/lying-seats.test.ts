/** What a Forge bears from guests that have broken out of WebAssembly and say what they like on the line of their seat. */
import { type GeneratePart, type Provider, ProviderError } from "@wasmforge/bridge";
import { beforeAll, describe, expect, it } from "vitest";
import type { SeatEndReason, SeatEvent } from "../../packages/core/src/pool/seat-event.js";
import { bundle } from "../../packages/core/src/test/bundle.js";
import { leavesNothing } from "../../packages/core/src/test/leaves-nothing.js";
import type { LieName } from "./liar.js";
import { createLyingForge } from "./lying-forge.js";

leavesNothing();

let folder = "";
beforeAll(() => {
  folder = bundle(["../../../test/attacks/liar-thread", "../../../test/attacks/liar-process"]);
});

const wallTimeMs = 500;
/** A fraction of what the lies are about. */
const mostGrowthBytes = 300 * 2 ** 20;
const large = "x".repeat(2 ** 20);

const provider: Provider = {
  version: 1,
  name: "test",
  async *generate({ prompt }, { signal }): AsyncGenerator<GeneratePart> {
    if (prompt === "never") {
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      throw new ProviderError("aborted", "");
    }
    yield { type: "text", text: prompt === "large" ? large : prompt };
    yield { type: "done", reason: "stop", usage: { promptTokens: 1, completionTokens: 1 } };
  },
  models: async () => [],
  health: async () => ({ status: "connected", message: "" }),
};

type End = "completed" | "crashed" | "timeout" | "output";

/** How the run of a lie ends, and its seat. */
const ends: readonly (readonly [LieName, End, SeatEndReason])[] = [
  ["says noise", "crashed", "violation"],
  ["says frames of noise", "crashed", "violation"],
  ["says good frames with a byte changed", "crashed", "violation"],
  ["answers in place of its host", "crashed", "violation"],
  ["asks in the middle of being answered", "crashed", "violation"],
  ["asks a million times and hears no answer", "crashed", "violation"],
  ["asks for much and hears no answer", "crashed", "violation"],
  ["prints a million letters, each by itself", "crashed", "violation"],
  ["prints 1 GB", "crashed", "violation"],
  ["claims 1 GB and sends it", "crashed", "violation"],
  ["sends something out while it waits", "crashed", "violation"],
  ["sends out nothing, a million times", "crashed", "violation"],
  ["sends out 1 GB", "output", "stopped"],
  ["hangs up in the middle", "crashed", "lost"],
  ["asks with noise, in good order", "timeout", "stopped"],
  ["asks about tickets that it never had", "timeout", "stopped"],
  ["asks a million times", "timeout", "stopped"],
  ["asks with 32 MB, without end", "timeout", "stopped"],
  ["says half of something", "timeout", "stopped"],
  ["says nothing", "timeout", "stopped"],
  ["does not stop when it is told to", "timeout", "violation"],
  ["says something a byte at a time", "completed", "closed"],
  ["goes on after its end", "completed", "violation"],
  ["ends a million times", "completed", "violation"],
  ["is ready a million times", "completed", "violation"],
  ["hangs up when it is done", "completed", "lost"],
];

describe.each(["thread", "process"] as const)("a %s that", (seat) => {
  it.each(ends)("%s: its run is %s, its seat ends as %s, and nobody else notices", async (lie, end, why) => {
    const ended: SeatEndReason[] = [];
    const note = (event: SeatEvent) => void (event.type === "ended" && ended.push(event.reason));
    const options = { seats: 2, providers: [provider], policy: { models: ["m"], maxCalls: 1_000 } };
    await using forge = await createLyingForge(folder, seat, options, note);
    const behave = async (input: string) =>
      expect(await forge.run({ name: "innocent", source: "behave" }, { input })).toMatchObject({
        status: "completed",
        output: input,
      });

    await expect.poll(() => forge.stats().ready, { timeout: 10_000 }).toBe(2);
    const watch = watchHost();
    const lying = forge.run({ name: "liar", source: lie }, { input: "7", limits: { wallTimeMs } });
    await behave("at the same time");
    const outcome = await lying;
    const { growthBytes, turns } = watch.stop();
    expect(outcome.status === "stopped" ? outcome.reason : outcome.status).toBe(end);
    expect(growthBytes).toBeLessThan(mostGrowthBytes);
    // All the time the host had others to do.
    if (end === "timeout") expect(turns).toBeGreaterThan(3);

    if (why !== "closed") await expect.poll(() => ended, { timeout: 10_000 }).toEqual([why]);
    await behave("afterwards");
    await forge.close();
    expect(ended[0]).toBe(why);
  });
});

function watchHost() {
  const before = process.memoryUsage.rss();
  let most = before;
  let turns = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(() => {
    turns += 1;
    look();
  }, 5);
  return {
    stop() {
      clearInterval(timer);
      look();
      return { growthBytes: most - before, turns };
    },
  };
}
