/**
 * A host that does everything at once, in an order that chance decides: runs of every kind that are aborted at every moment,
 * sessions, prepared plugins, callbacks and sinks that fail, and a Forge that is closed in the midst of it. Whatever the
 * order, each run has one end and one record, budgets hold, and nothing is left.
 */
import { getEventListeners } from "node:events";
import {
  type AuditRecord,
  type AuditSink,
  createForge,
  type Forge,
  ForgeError,
  type GeneratePart,
  type HostTools,
  type Outcome,
  type PreparedPlugin,
  type Provider,
  type RunOptions,
  type Session,
  verifyAudit,
} from "@wasmforge/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRandom, type Random } from "../../packages/bridge/src/test/random.js";
import { leavesNothing } from "../../packages/core/src/test/leaves-nothing.js";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";

leavesNothing();

const maxCalls = 3;
const done: GeneratePart = { type: "done", reason: "stop", usage: { promptTokens: 1, completionTokens: 1 } };
const sdk = "from platform_sdk import *\nfrom platform_sdk import stream_ai, tools\n";
/** Calls as often as it can, whatever it is told. */
const insistent = (call: string) =>
  `for _ in range(${maxCalls * 2}):\n  try: ${call}\n  except AIError: pass\nsend_output(get_input())`;

const sources: readonly string[] = [
  "send_output(get_input())",
  "send_output(get_input())",
  "send_output(get_input())\nraise ValueError(get_input())",
  "import sys; sys.exit(3)",
  "while True: pass",
  "while True: print('x' * 1000)",
  "while True: send_output('')",
  "import time; time.sleep(60)",
  "import os; os.abort()",
  insistent("call_ai('m', 'answer')"),
  insistent("call_ai('m', 'slow')"),
  insistent("call_ai('m', 'throw')"),
  insistent("call_ai('m', 'answer ' + get_input())"),
  insistent("call_ai('undecidable', 'answer')"),
  insistent("tools.good()"),
  insistent("tools.throws()"),
  insistent("tools.gives_a_trap()"),
  "call_ai('m', 'never')",
  "call_ai('undecided', 'answer')",
  "tools.never()",
  "for text in stream_ai('m', 'begin'): pass",
  "kept = [stream_ai('m', 'never') for _ in range(5)]\nwhile True: pass",
];

const say = (text: string): GeneratePart => ({ type: "text", text });

/** Everything that is the host's, of which some fails. Counts who was served how often. */
function createHost(random: Random) {
  const served = new Map<string, number>();
  const serve = (runId: string) => served.set(runId, (served.get(runId) ?? 0) + 1);
  const stuck: (() => void)[] = [];
  const never = () => new Promise<void>((resolve) => stuck.push(resolve));
  const provider: Provider = {
    version: 1,
    name: "test",
    anyModel: true,
    async *generate({ prompt }, { runId }): AsyncGenerator<GeneratePart> {
      serve(runId);
      if (prompt === "throw") throw new TypeError("a mistake of the provider's");
      if (prompt === "slow") await new Promise((resolve) => setTimeout(resolve, random.number(20)));
      if (prompt === "begin") yield say("begun");
      if (prompt === "never" || prompt === "begin") await never();
      yield say(prompt);
      yield done;
    },
    models: async () => [],
    health: async () => ({ status: "connected", message: "" }),
  };
  const tool = (run: () => unknown) => ({
    description: "",
    input: z.object({}),
    run(_: object, { runId }: { readonly runId: string }) {
      serve(runId);
      return run();
    },
  });
  const tools: HostTools = {
    good: tool(() => ({ good: true })),
    never: tool(never),
    throws: tool(() => {
      throw new Error("a mistake of the tool's");
    }),
    gives_a_trap: tool(() => ({
      get trap() {
        throw new Error("a mistake of the result's");
      },
    })),
  };
  const lines: string[] = [];
  let failuresLeft = random.number(4);
  const isSlow = random.number(2) === 0;
  const sink: AuditSink = {
    async write(more) {
      if (isSlow) await new Promise((resolve) => setTimeout(resolve, 5));
      if (failuresLeft-- > 0) throw new Error("the disk is full");
      lines.push(...more);
    },
  };
  const failing = async () => {
    throw new Error("a mistake of the listener's");
  };
  const open = (seat: "thread" | "process") =>
    createForge({
      seat,
      seats: 1 + random.number(2),
      pool: {
        warmUpMs: 0,
        spares: random.number(2),
        seatsPerTenant: 1 + random.number(2),
        maxRunsPerSeat: random.pick([0, 2, 10]),
      },
      providers: [provider],
      tools,
      policy: {
        models: ["m", "undecided", "undecidable"],
        maxCalls,
        tools: { good: true, never: true, throws: true, gives_a_trap: true },
      },
      limits: {
        memoryMb: 64,
        printBytes: 20_000,
        outputBytes: 20_000,
        queueLength: random.pick([2, 20, 1_000]),
        queueMs: random.pick([50, 30_000]),
      },
      decide(call, _usage, standard) {
        if (call.op === "call_ai" && call.model === "undecidable") throw new Error("no idea");
        if (call.op === "call_ai" && call.model === "undecided") return never().then(() => standard);
        return standard;
      },
      audit: { sink, onError: failing },
      onCallFault: failing,
    });
  return {
    open,
    served,
    lines,
    mendSink: () => {
      failuresLeft = 0;
    },
    letGo: () => {
      for (const go of stuck.splice(0)) go();
    },
  };
}

/** How the promise of a run ended; that it did is waited for. */
type End = Outcome | ForgeError;

interface Asked {
  readonly input: string;
  readonly source: string;
  readonly abort: AbortController;
  readonly end: Promise<End>;
  readonly ofSession: boolean;
}

/** Does what chance says, and remembers what it asked for. */
class Host {
  readonly asked: Asked[] = [];
  readonly others: Promise<unknown>[] = [];
  readonly #random: Random;
  readonly #forges: readonly Forge[];
  readonly #sessions: Session[] = [];
  readonly #asleep: Uint8Array[] = [];
  readonly #prepared: PreparedPlugin[] = [];

  constructor(random: Random, forges: readonly Forge[]) {
    this.#random = random;
    this.#forges = forges;
  }

  act(): void {
    const random = this.#random;
    const forge = random.pick(this.#forges);
    const session = this.#sessions.length > 0 ? random.pick(this.#sessions) : undefined;
    switch (random.number(16)) {
      case 0:
        this.#try(async () => void this.#sessions.push(forge.session({ owner: "owner" })));
        break;
      case 1:
        this.#try(async () => {
          const bytes = this.#asleep.length > 0 ? random.pick(this.#asleep) : new Uint8Array(100);
          this.#sessions.push(await forge.wake(bytes, { owner: random.pick(["owner", "owner", "other"]) }));
        });
        break;
      case 2:
        if (session) this.#try(async () => void this.#asleep.push(await session.sleep()));
        break;
      case 3:
        if (session) this.#try(async () => void this.#sessions.push(await session.fork()));
        break;
      case 4:
        if (session) this.#try(() => session.close());
        break;
      case 5:
        this.#try(async () => {
          const source = sdk + random.pick(sources);
          this.#prepared.push(await forge.prepare({ name: "prepared", source: Buffer.from(source) }));
        });
        break;
      case 6:
        this.#try(async () => void (await forge.check(random.pick(sources))));
        break;
      case 7:
        random.pick(this.asked)?.abort.abort(random.pick([undefined, null, "why", new Error("why")]));
        break;
      case 8:
      case 9:
      case 10:
        if (session) this.#run(session, true);
        break;
      default:
        this.#run(forge, false);
    }
  }

  #run(on: Pick<Forge, "run" | "stream"> | Pick<Session, "run" | "stream">, ofSession: boolean): void {
    const random = this.#random;
    const abort = new AbortController();
    if (random.number(10) === 0) abort.abort();
    const input = `input-${this.asked.length}-`;
    const source = random.pick(sources);
    const known =
      this.#prepared.length > 0 && random.number(4) === 0 ? random.pick(this.#prepared) : undefined;
    const plugin = known ?? { name: `plugin-${random.number(3)}`, source: sdk + source };
    const options: RunOptions = {
      input,
      signal: abort.signal,
      limits: { wallTimeMs: random.pick([1, 30, 300, 3_000]), computeMs: random.pick([1, 100, 1_000]) },
      ...(!ofSession && { tenant: `tenant-${random.number(3)}` }),
    };
    const when = random.number(5);
    const end = this.#endOf(async () => {
      if (when > 1) return on.run(plugin, options);
      let outcome: Outcome | undefined;
      for await (const event of on.stream(plugin, options)) {
        if (event.type === "outcome") outcome = event.outcome;
        else if (when === 1) abort.abort();
      }
      return outcome ?? expect.fail("a stream without an outcome");
    });
    if (when === 2) setTimeout(() => abort.abort(), random.number(100));
    if (when === 3) queueMicrotask(() => abort.abort());
    this.asked.push({ input, source: String(plugin.source).slice(sdk.length), abort, end, ofSession });
  }

  async #endOf(run: () => Promise<Outcome>): Promise<End> {
    try {
      return await run();
    } catch (error) {
      if (ForgeError.is(error)) return error;
      throw error;
    }
  }

  /** What is not a run may be refused, and has to end. */
  #try(act: () => Promise<void>): void {
    const refused = (error: unknown) => expect(error).toSatisfy(ForgeError.is);
    this.others.push((async () => act())().catch(refused));
  }
}

/** A run like any other, as soon as there is a seat for it. */
async function afterwards(forge: Forge): Promise<Outcome> {
  await expect.poll(() => forge.stats().ready, { timeout: 20_000 }).toBeGreaterThan(0);
  return forge.run({ name: "after", source: `${sdk}send_output(get_input())` }, { input: "fine" });
}

const refusals = ["overloaded", "closed", "session_refused"];

describe.skipIf(!hasImage).each([
  [1, "thread"],
  [2, "thread"],
  [3, "thread"],
  [5, "process"],
  [8, "process"],
] as const)(
  "a host that does what chance says (seed %i, with two Forges, the second with a %s for each seat)",
  (seed, seat) => {
    it("has one end and one record of each run, within its budgets, and nothing left", async () => {
      const random = createRandom(seed);
      const [host1, host2] = [createHost(random), createHost(random)];
      const hosts = [host1, host2];
      await using first = await host1.open("thread");
      await using second = await host2.open(seat);
      const forges = [first, second];
      const host = new Host(random, forges);
      for (let turn = 0; turn < 150; turn++) {
        host.act();
        if (random.number(8) === 0) await new Promise((resolve) => setTimeout(resolve, random.number(30)));
      }
      // One of them is closed in the midst of it all, the other one when all is done.
      for (const { mendSink } of hosts) mendSink();
      await first.close();
      const ends = await Promise.all(host.asked.map(({ end }) => end));
      await Promise.all(host.others);
      expect(second.stats()).toMatchObject({ running: 0, queued: 0 });
      const after = await afterwards(second);
      expect(after).toMatchObject({ status: "completed", output: "fine" });
      await second.close();
      for (const forge of forges) {
        const { runs: _, ...left } = forge.stats();
        expect(Object.values(left)).toEqual([0, 0, 0, 0, 0, 0]);
      }
      for (const { letGo } of hosts) letGo();

      const records: AuditRecord[] = [];
      for (const { lines } of hosts) {
        expect(await verifyAudit(lines)).toMatchObject({ ok: true, missing: 0 });
        records.push(...lines.map((line) => JSON.parse(line).run));
      }
      const byRun = new Map(records.map((record) => [record.runId, record]));
      expect(byRun.size).toBe(records.length);
      const [outcomes, errors] = [[after] as Outcome[], [] as ForgeError[]];
      for (const [at, end] of ends.entries()) {
        const { input, source, abort } = host.asked[at] ?? expect.fail();
        expect(getEventListeners(abort.signal, "abort")).toEqual([]);
        if (ForgeError.is(end)) {
          expect(refusals).toContain(end.code);
          errors.push(end);
          continue;
        }
        outcomes.push(end);
        if (end.status === "completed") expect(end.output, source).toBe(input);
        if (end.status === "failed")
          expect(["ValueError", "SystemExit", "AIError"]).toContain(end.error.type);
      }
      for (const { runId, usage, ...outcome } of outcomes) {
        const record = byRun.get(runId) ?? expect.fail(`there is no record of ${runId}`);
        expect(record.outcome.status).toBe(outcome.status);
        if (outcome.status === "stopped") expect(record.outcome).toMatchObject({ reason: outcome.reason });
        expect(record.usage.calls).toBe(usage.calls);
        expect(record.calls.filter(({ decision }) => decision === "pending")).toEqual([]);
        byRun.delete(runId);
      }
      // What is left was refused, or is of those whom `sleep` had run.
      const refused = [...byRun.values()].filter(({ outcome }) => outcome.status === "error");
      expect(refused.length).toBeLessThanOrEqual(errors.length + host.others.length);
      for (const { served } of hosts) {
        for (const [runId, calls] of served) expect(calls, runId).toBeLessThanOrEqual(maxCalls);
      }
    });
  },
);
