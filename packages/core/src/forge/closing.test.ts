import type { GeneratePart } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { done, plugin, providerOf, quickPool, untilAborted } from "../test/forge.js";
import { leavesNothing } from "../test/leaves-nothing.js";
import { createForge } from "./create-forge.js";

leavesNothing();

describe("closing a Forge", () => {
  const busy = [
    "while True: pass",
    "import time\ntime.sleep(60)",
    "call_ai('m', 'wait')",
    "it = sdk.stream_ai('m', 'wait')\nnext(it)",
    "send_output(1)",
  ];

  it.each(["thread", "process"] as const)("ends a hundred runs in flight and leaves no %s", async (seat) => {
    const signals: AbortSignal[] = [];
    const forge = await createForge({
      seat,
      seats: 2,
      pool: quickPool,
      providers: [
        providerOf(async function* (_, signal): AsyncGenerator<GeneratePart> {
          signals.push(signal);
          await untilAborted(signal);
          yield done;
        }),
      ],
      policy: { models: ["m"] },
    });
    const first = forge.stream(plugin("while True: pass"))[Symbol.asyncIterator]();
    expect((await first.next()).value).toMatchObject({ type: "started" });
    const runs = Array.from({ length: 100 }, (_, n) => forge.run(plugin(busy[n % busy.length] ?? "")));
    const ended = Promise.allSettled(runs);
    await Promise.all([forge.close(), forge.close()]);
    expect(forge.stats()).toMatchObject({
      ready: 0,
      running: 0,
      settling: 0,
      starting: 0,
      ending: 0,
      queued: 0,
    });
    expect((await first.next()).value).toMatchObject({ outcome: { reason: "aborted" } });
    for (const result of await ended) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "closed" });
      else if (result.value.status !== "completed") expect(result.value).toMatchObject({ reason: "aborted" });
    }
    for (const signal of signals) expect(signal.aborted).toBe(true);
  });

  it("leaves providers open: another Forge may have them, and whoever created them closes them", async () => {
    let isClosed = false;
    const shared = {
      ...providerOf(async function* (): AsyncGenerator<GeneratePart> {
        yield { type: "text", text: isClosed ? "closed" : "open" };
        yield done;
      }),
      async [Symbol.asyncDispose]() {
        isClosed = true;
      },
    };
    const options = { seats: 1, pool: quickPool, providers: [shared], policy: { models: ["m"] } };
    await using first = await createForge(options);
    await using second = await createForge(options);
    await first.close();
    expect(isClosed).toBe(false);
    expect(await second.run(plugin("send_output(call_ai('m', 'hi'))"))).toMatchObject({ output: "open" });
  });

  it("refuses everything afterwards", async () => {
    const forge = await createForge({ seats: 1, pool: quickPool });
    const session = forge.session({ owner: "o" });
    await session.run(plugin("x = 1"));
    await forge.close();
    const closed = expect.objectContaining({ code: "closed" });
    await expect(forge.run(plugin(""))).rejects.toEqual(closed);
    await expect(forge.check("")).rejects.toEqual(closed);
    await expect(forge.prepare(plugin(""))).rejects.toEqual(closed);
    await expect(forge.wake(new Uint8Array(), { owner: "o" })).rejects.toEqual(closed);
    await expect(session.run(plugin(""))).rejects.toEqual(closed);
    await expect(forge.stream(plugin(""))[Symbol.asyncIterator]().next()).rejects.toEqual(closed);
    expect(() => forge.session({ owner: "o" })).toThrow(closed);
  });
});
