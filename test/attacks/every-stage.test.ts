/** Runs that are ended from outside, in every way and wherever they are: what they had begun ends with them. */
import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { getEventListeners, once } from "node:events";
import { readdirSync } from "node:fs";
import type { Worker } from "node:worker_threads";
import {
  createForge,
  type Forge,
  type ForgeOptions,
  type GeneratePart,
  type RunEvent,
} from "@wasmforge/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { leavesNothing } from "../../packages/core/src/test/leaves-nothing.js";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";

leavesNothing({ after: "file" });

/** What the host is doing for the run of this test: its signals, and who waits for the first of them. */
let atHost: AbortSignal[] = [];
let onReached = () => {};

function untilAborted(signal: AbortSignal): Promise<never> {
  atHost.push(signal);
  onReached();
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const options = {
  seats: 1,
  pool: { spares: 0, warmUpMs: 0 },
  providers: [
    {
      version: 1,
      name: "test",
      async *generate({ prompt }, { signal }): AsyncGenerator<GeneratePart> {
        if (prompt === "begin") yield { type: "text", text: "begun" };
        await untilAborted(signal);
      },
      models: async () => [],
      health: async () => ({ status: "connected", message: "" }),
    },
  ],
  tools: {
    wait: { description: "", input: z.object({}), run: (_: object, { signal }) => untilAborted(signal) },
  },
  policy: { models: ["m"], tools: { wait: true } },
  decide: (call, _usage, standard, { signal }) =>
    call.op === "call_ai" && call.prompt === "undecided" ? untilAborted(signal) : standard,
} satisfies ForgeOptions;

interface Stage {
  readonly source: string;
  /** The run is there when it tells this, or when it has reached the host. */
  readonly event: RunEvent["type"] | "at host";
}

const stages: Record<string, Stage> = {
  begins: { source: "pass", event: "started" },
  computes: { source: "print('there', flush=True)\nwhile True: pass", event: "stdout" },
  sleeps: { source: "import time\nprint('there', flush=True)\ntime.sleep(60)", event: "stdout" },
  "prints without end": { source: "while True: print('x' * 100)", event: "stdout" },
  "sends without end": { source: "while True: send_output('')", event: "output" },
  "waits for a model": { source: "call_ai('m', 'wait')", event: "at host" },
  "is in the middle of a model's answer": { source: "call_ai('m', 'begin')", event: "tokens" },
  "reads a stream": { source: "for text in stream_ai('m', 'begin'): pass", event: "tokens" },
  "has asked for much at once": { source: "call_ai_many([('m', 'wait')] * 8)", event: "at host" },
  "computes while a model answers": {
    source: "kept = stream_ai('m', 'wait')\nwhile True: pass",
    event: "at host",
  },
  "waits for a tool": { source: "tools.wait()", event: "at host" },
  "waits for the host's decision": { source: "call_ai('m', 'undecided')", event: "at host" },
  "has ended": { source: "send_output('done')", event: "outcome" },
};

const sdk = "from platform_sdk import *\nfrom platform_sdk import call_ai_many, stream_ai, tools\n";

/** Seats as somebody outside sees them. */
const seats = new Set<Worker | ChildProcess>();
const onWorker = (worker: Worker) => {
  seats.add(worker);
  worker.once("exit", () => seats.delete(worker));
};
const onChild = (message: unknown) => {
  const { process: child } = message as { readonly process: ChildProcess };
  seats.add(child);
  child.once("close", () => seats.delete(child));
};
beforeAll(() => {
  process.on("worker", onWorker);
  subscribe("child_process", onChild);
});
afterAll(() => {
  process.off("worker", onWorker);
  unsubscribe("child_process", onChild);
});

/** Resolves when nothing of them is left. */
async function killSeats(): Promise<void> {
  const killed = [...seats].map(async (seat) => {
    const gone = once(seat, "exit");
    if ("terminate" in seat) void seat.terminate();
    else seat.kill("SIGKILL");
    await gone;
  });
  await Promise.all(killed);
}

interface Ending {
  /** How it ends, wherever it was. */
  readonly reason: "aborted" | "crashed";
  readonly end: (forge: Forge, abort: AbortController) => unknown;
  readonly closes?: true;
}

const endings: Record<string, Ending> = {
  "its signal aborts it": { reason: "aborted", end: (_, abort) => abort.abort() },
  "its Forge is closed": { reason: "aborted", end: (forge) => forge.close(), closes: true },
  "its seat is killed from outside": { reason: "crashed", end: killSeats },
};

describe.skipIf(!hasImage).each(["thread", "process"] as const)("a run in a %s", (seat) => {
  let forge: Forge;
  let descriptors = 0;
  const open = async () => {
    forge = await createForge({ ...options, seat });
    descriptors = readdirSync("/proc/self/fd").length;
  };
  beforeAll(open);
  afterAll(() => forge.close());
  afterEach(() => {
    atHost = [];
    onReached = () => {};
  });

  const expectNormalRun = async () => {
    const outcome = await forge.run(
      { name: "plain", source: `${sdk}send_output(get_input())` },
      { input: "fine" },
    );
    expect(outcome).toMatchObject({ status: "completed", output: "fine" });
    await expect
      .poll(() => forge.stats(), { timeout: 20_000 })
      .toMatchObject({ ready: 1, running: 0, queued: 0 });
    await expect.poll(() => readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(descriptors);
  };

  const cases = Object.entries(stages).flatMap(([where, stage]) =>
    Object.entries(endings).map(([how, ending]) => [where, how, stage, ending] as const),
  );

  it.each(cases)("that %s is over when %s", async (_where, _how, stage, ending) => {
    const abort = new AbortController();
    const events: RunEvent[] = [];
    let isThere = () => {};
    const there = new Promise<void>((resolve) => {
      isThere = resolve;
    });
    if (stage.event === "at host") onReached = isThere;
    const over = (async () => {
      const run = forge.stream({ name: "ended", source: sdk + stage.source }, { signal: abort.signal });
      for await (const event of run) {
        events.push(event);
        if (event.type === stage.event) isThere();
      }
    })();
    await Promise.race([there, over]);
    await ending.end(forge, abort);
    await over;
    const outcome = events.at(-1);
    expect(outcome).toMatchObject({
      type: "outcome",
      outcome:
        stage.event === "outcome" || stage.event === "started"
          ? { status: expect.stringMatching(/completed|stopped/) }
          : { status: "stopped", reason: ending.reason },
    });
    expect(events.filter((event) => event.type === "outcome")).toHaveLength(1);
    expect(atHost.every((signal) => signal.aborted)).toBe(true);
    expect(getEventListeners(abort.signal, "abort")).toEqual([]);
    if (ending.closes) {
      expect(seats.size).toBe(0);
      await open();
    }
    await expectNormalRun();
  });

  it.each(Object.entries(endings))("that waits for a seat is over when %s", async (_, ending) => {
    const [first, second] = [new AbortController(), new AbortController()];
    const running = forge.run({ name: "first", source: "while True: pass" }, { signal: first.signal });
    const waiting = forge
      .run({ name: "second", source: `${sdk}send_output('second')` }, { signal: second.signal })
      .catch((error: unknown) => error);
    await ending.end(forge, second);
    const { reason } = (await waiting) as { readonly reason?: string };
    if (ending.reason === "crashed") expect(await waiting).toMatchObject({ output: "second" });
    else if (ending.closes) expect(await waiting).toMatchObject({ code: "closed" });
    else expect(reason).toBe("aborted");
    first.abort();
    expect(await running).toMatchObject({ status: "stopped" });
    if (ending.closes) await open();
    await expectNormalRun();
  });

  it("whose consumer leaves is over", async () => {
    for await (const event of forge.stream({
      name: "left",
      source: `${sdk}print('x')\ncall_ai('m', 'wait')`,
    })) {
      if (event.type === "call_started") break;
    }
    expect(atHost.every((signal) => signal.aborted)).toBe(true);
    await expectNormalRun();
  });

  it("of a seat that dies while nothing runs is not touched by it", async () => {
    for (let turn = 0; turn < 3; turn++) {
      await killSeats();
      await expectNormalRun();
    }
  });
});
