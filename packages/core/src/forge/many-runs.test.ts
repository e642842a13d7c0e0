import type { GeneratePart } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Outcome } from "../run/outcome.js";
import { done, plugin, providerOf, quickPool, untilAborted, useForge } from "../test/forge.js";
import { createForge } from "./create-forge.js";

const echo = providerOf(async function* ({ prompt }): AsyncGenerator<GeneratePart> {
  // Answers cross each other.
  await new Promise((resolve) => setTimeout(resolve, (prompt.length * 7) % 20));
  yield { type: "text", text: `model says ${prompt}` };
  yield done;
});

describe("two hundred runs of different tenants at the same time", () => {
  const forge = useForge({
    seats: 2,
    providers: [echo],
    tools: {
      whisper: {
        description: "",
        input: z.object({ word: z.string() }),
        run: async ({ word }, { runId }) => ({ word, runId }),
      },
    },
    policy: { models: ["m"], tools: { whisper: true } },
  });

  it("see nothing of each other", async () => {
    const source = `
import builtins, json, sys
# What a run before might have left.
left = [getattr(builtins, "canary", None), sys.modules.get("canary"), getattr(json, "canary", None)]
mine = get_input()
builtins.canary = json.canary = mine
sys.modules["canary"] = mine
print("out", mine)
print("err", mine, file=sys.stderr)
answers = sdk.call_ai_many([("m", mine), ("m", mine + "!")])
told = sdk.tools.whisper(word=mine)
sdk.log("info", mine)
send_output([left, mine, answers, told["word"], open("/file.txt").read()])
`;
    const canary = (n: number) => `canary-${n}-${"x".repeat(n % 13)}`;
    const runs = Array.from({ length: 200 }, async (_, n) => {
      const heard: unknown[] = [];
      let outcome: Outcome | undefined;
      const options = { input: canary(n), tenant: `tenant-${n}`, files: { "file.txt": canary(n) } };
      for await (const event of forge().stream(plugin(source, `plugin-${n}`), options)) {
        heard.push(event);
        if (event.type === "outcome") outcome = event.outcome;
      }
      return { n, heard: JSON.stringify(heard), outcome };
    });
    for (const { n, heard, outcome } of await Promise.all(runs)) {
      const mine = canary(n);
      const [first, second] = [`model says ${mine}`, `model says ${mine}!`];
      expect(outcome).toMatchObject({
        status: "completed",
        outputs: [{ value: [[null, null, null], mine, [first, second], mine, mine] }],
        stdout: `out ${mine}\n`,
        stderr: `err ${mine}\n`,
      });
      const canaries = new Set(heard.match(/canary-\d+-x*/g));
      expect([...canaries]).toEqual([mine]);
    }
    expect(forge().stats()).toMatchObject({ running: 0, queued: 0 });
  });
});

describe("closing a Forge", () => {
  const busy = [
    "while True: pass",
    "import time\ntime.sleep(60)",
    "call_ai('m', 'wait')",
    "it = sdk.stream_ai('m', 'wait')\nnext(it)",
    "send_output(1)",
  ];

  it("ends a hundred runs in flight, and leaves nothing", async () => {
    const signals: AbortSignal[] = [];
    const forge = await createForge({
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
