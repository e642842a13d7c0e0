import { getEventListeners } from "node:events";
import type { GeneratePart, HostDecision } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { RunEvent } from "../run/run-event.js";
import { type Deferred, deferred, done, plugin, providerOf, untilAborted, useForge } from "../test/forge.js";

/** Where the host is with a run's call, and with which signal. */
let reached: Deferred<AbortSignal> = deferred();

const forge = useForge({
  seats: 1,
  providers: [
    providerOf(async function* ({ prompt }, signal): AsyncGenerator<GeneratePart> {
      if (prompt === "slow answer") yield { type: "text", text: "begun" };
      reached.resolve(signal);
      if (prompt === "deaf") await new Promise(() => {});
      await untilAborted(signal);
      yield done;
    }),
  ],
  tools: {
    wait: {
      description: "",
      input: z.object({}),
      run(_, { signal }) {
        reached.resolve(signal);
        return untilAborted(signal);
      },
    },
  },
  policy: { models: ["m"], tools: { wait: true }, maxCalls: 1_000 },
  decide: (call, _usage, standard, { signal }): HostDecision | Promise<HostDecision> => {
    if (call.op !== "call_ai" || call.prompt !== "undecided") return standard;
    reached.resolve(signal);
    return untilAborted(signal);
  },
});

async function expectNormalRun(): Promise<void> {
  expect((await forge().run(plugin("send_output(1)"))).output).toBe("1");
  expect(forge().stats()).toMatchObject({ running: 0, queued: 0 });
}

describe("a run that is aborted", () => {
  it.each([
    ["while a model has not begun to answer", "call_ai('m', 'wait')"],
    ["in the middle of a model's answer", "call_ai('m', 'slow answer')"],
    ["while a provider hears nothing", "call_ai('m', 'deaf')"],
    ["while a stream is read", "for piece in sdk.stream_ai('m', 'wait'): pass"],
    ["while many calls are made", "sdk.call_ai_many([('m', 'wait')] * 10)"],
    ["while a tool works", "sdk.tools.wait()"],
    ["while the host decides", "call_ai('m', 'undecided')"],
    ["while a call goes on without it", "it = sdk.stream_ai('m', 'wait')\nwhile True: pass"],
  ])("%s ends at once, and so does what the host did for it", async (_, source) => {
    reached = deferred();
    const abort = new AbortController();
    const running = forge().run(plugin(`print('begun')\n${source}`), { signal: abort.signal });
    const atHost = await reached.promise;
    expect(atHost.aborted).toBe(false);
    abort.abort();
    expect(await running).toMatchObject({ status: "stopped", reason: "aborted", stdout: "begun\n" });
    expect(atHost.aborted).toBe(true);
    expect(getEventListeners(abort.signal, "abort")).toEqual([]);
    await expectNormalRun();
  });

  it("before it was asked for has an outcome, too, and reaches no seat", async () => {
    const { runs } = forge().stats();
    const outcome = await forge().run(plugin("send_output(1)"), { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ status: "stopped", reason: "aborted", output: "" });
    expect(forge().stats().runs).toBe(runs);
  });

  it("while it waits for a seat does not wait any longer", async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const looping = forge().stream(plugin("while True: pass"), { signal: first.signal });
    const events = looping[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ type: "started" });
    const waiting = forge().run(plugin("send_output(1)"), { signal: second.signal });
    expect(forge().stats().queued).toBe(1);
    second.abort();
    expect(await waiting).toMatchObject({ status: "stopped", reason: "aborted" });
    expect(forge().stats()).toMatchObject({ queued: 0, running: 1 });
    first.abort();
    const outcome = { status: "stopped", reason: "aborted" };
    expect((await events.next()).value).toMatchObject({ type: "outcome", outcome });
    await expectNormalRun();
  });

  it.each(["started", "stdout", "output", "outcome"])("at its event %s ends once", async (type) => {
    const abort = new AbortController();
    const events: RunEvent[] = [];
    const source = "print('a')\nsend_output('b')\nimport sys; sys.stdout.flush()";
    for await (const event of forge().stream(plugin(source), { signal: abort.signal })) {
      events.push(event);
      if (event.type === type) abort.abort();
    }
    expect(events.filter((event) => event.type === "outcome")).toHaveLength(1);
    await expectNormalRun();
  });

  it("after its end changes nothing", async () => {
    const abort = new AbortController();
    const outcome = await forge().run(plugin("send_output(1)"), { signal: abort.signal });
    expect(getEventListeners(abort.signal, "abort")).toEqual([]);
    abort.abort();
    expect(outcome.status).toBe("completed");
    await expectNormalRun();
  });
});
