/** Seats that fall to pieces, hosts that do, and the walls between them. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import { type Artifact, forgedRuntime } from "@wasmforge/python-runtime";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { resolvePoolOptions } from "../pool/pool-options.js";
import type { SeatEvent } from "../pool/seat-event.js";
import { SeatPool } from "../pool/seat-pool.js";
import { bundle } from "../test/bundle.js";
import { createJob, forever } from "../test/jobs.js";
import { leavesNothing } from "../test/leaves-nothing.js";
import { createPool } from "./create-pool.js";
import { dyingWithHost } from "./dying-with-host.js";
import { processSeats } from "./process-line.js";
import { readableFolders } from "./readable-folders.js";
import { threadSeats } from "./thread-line.js";

leavesNothing();

const artifact: Artifact = { runtime: "forged", imageHash: "0", limits: { memoryMb: 64 } };
const crashed = expect.objectContaining({ kind: "stopped", reason: "crashed" });
const completed = { kind: "completed" };
const hasImage = await forgedRuntime()
  .image()
  .then(
    () => true,
    () => false,
  );

let folder = "";
beforeAll(() => {
  folder = bundle([
    "platform/seat-thread",
    "platform/seat-process",
    "test/host-program",
    "test/mad-process",
    "test/mad-thread",
  ]);
});

/** Seats that do what they are told in place of a plugin: see test/mad-instance.ts. */
async function madPool(seat: "thread" | "process", events: SeatEvent[] = []): Promise<SeatPool> {
  const launcher = await dyingWithHost();
  const setup = { runtime: "forged", imageHash: "0", memoryMb: 64, warmUpMs: 0, endsWithHost: true } as const;
  const program = join(folder, `mad-${seat}.js`);
  return SeatPool.open(
    { name: "forged", imageHash: "0" },
    { ...resolvePoolOptions({ seats: 1 }, 1), onSeatEvent: (event) => events.push(event) },
    seat === "thread"
      ? threadSeats({ program, artifact, warmUpMs: 0 })
      : processSeats({ program, readable: readableFolders(program), launcher, setup }),
  );
}

describe("a process that is a seat", () => {
  it.each([
    ["fill the heap", "lost", "SIGABRT"],
    ["leave", "lost", "code 0"],
    ["abort", "lost", "SIGABRT"],
    ["kill itself", "lost", "SIGKILL"],
    ["crash the engine", "lost", "SIGSEGV"],
    ["write on the line", "violation", "kind 238"],
  ])("can %s, and takes nobody with it", async (deed, reason, detail) => {
    const events: SeatEvent[] = [];
    const pool = await madPool("process", events);
    expect((await pool.run(createJob(deed))).end).toEqual(crashed);
    expect((await pool.run(createJob("nothing special"))).end).toEqual(completed);
    await pool.close();
    expect(events).toContainEqual(
      expect.objectContaining({ type: "ended", reason, detail: expect.stringContaining(detail) }),
    );
  });

  it("is alone: no environment, no files, no processes, no threads, no code made of text", async () => {
    await using pool = await madPool("process");
    const job = createJob("look around");
    await pool.run(job);
    const denied = "ERR_ACCESS_DENIED";
    expect(JSON.parse(job.printed.stdout)).toEqual({
      environment: {},
      "read a file": denied,
      "read a folder": denied,
      "read its own command": denied,
      "write a file": denied,
      "start a process": denied,
      "start a thread": denied,
      "make code of text": "EvalError",
      "use Node's inside": denied,
    });
  });

  it.skipIf(process.platform !== "linux")("inherits no descriptor", async () => {
    const events: SeatEvent[] = [];
    await using pool = await madPool("process", events);
    const job = createJob("loop", { wallTimeMs: 500 });
    const run = pool.run(job);
    await job.started;
    const pid = events.find((event) => event.type === "started")?.pid;
    const targets = readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`));
    const unexpected = targets.filter((target) => !/^(socket|pipe|anon_inode):|^\/dev\/null$/.test(target));
    expect(unexpected).toEqual([]);
    // Its line, the other end of which is ours, and what is closed by now.
    expect(targets.filter((target) => target.startsWith("socket:")).length).toBeLessThanOrEqual(2);
    expect(readFileSync(`/proc/${pid}/environ`, "utf8")).toBe("");
    await run;
  });

  it("goes on when everything around is told to end: that is for its host to say", async () => {
    const pids: number[] = [];
    await using pool = await createPool({
      seat: "process",
      seats: 1,
      spares: 0,
      onSeatEvent: (event) => void (event.type === "started" && event.pid && pids.push(event.pid)),
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      const job = createJob("import time\nprint(1)\ntime.sleep(0.2)\nprint(2)");
      const run = pool.run(job);
      await vi.waitFor(() => expect(job.printed.stdout).toBe("1\n"));
      process.kill(pids[0] ?? 0, signal);
      expect((await run).end).toEqual(completed);
    }
    expect(pids).toHaveLength(1);
  });

  it("is killed from outside in the middle of a run, and the next run does not notice", async () => {
    const pids: number[] = [];
    await using pool = await createPool({
      seat: "process",
      seats: 1,
      spares: 0,
      onSeatEvent: (event) => void (event.type === "started" && event.pid && pids.push(event.pid)),
    });
    const job = createJob(forever);
    const run = pool.run(job);
    await job.started;
    process.kill(pids[0] ?? 0, "SIGKILL");
    expect((await run).end).toEqual(crashed);
    expect((await pool.run(createJob("pass"))).end).toEqual(completed);
  });
});

describe("a thread that is a seat", () => {
  it.each([
    ["fill the heap", "ERR_WORKER_OUT_OF_MEMORY|heap|memory limit"],
    ["leave", "code 0"],
  ])("can %s, and takes nobody with it", async (deed, detail) => {
    const events: SeatEvent[] = [];
    const pool = await madPool("thread", events);
    expect((await pool.run(createJob(deed))).end).toEqual(crashed);
    expect((await pool.run(createJob("nothing special"))).end).toEqual(completed);
    await pool.close();
    expect(events).toContainEqual(
      expect.objectContaining({ type: "ended", reason: "lost", detail: expect.stringMatching(detail) }),
    );
  });

  it("has no environment", async () => {
    await using pool = await madPool("thread");
    const job = createJob("look around");
    await pool.run(job);
    expect(JSON.parse(job.printed.stdout)).toMatchObject({ environment: {} });
  });

  it("is ended by somebody else in the middle of a run, and the next run does not notice", async () => {
    const workers: Worker[] = [];
    const note = (worker: Worker) => void workers.push(worker);
    process.on("worker", note);
    await using pool = await createPool({ seats: 1, spares: 0, warmUpMs: 0 });
    const job = createJob(forever);
    const run = pool.run(job);
    await job.started;
    await workers[0]?.terminate();
    expect((await run).end).toEqual(crashed);
    expect((await pool.run(createJob("pass"))).end).toEqual(completed);
    process.off("worker", note);
  });
});

describe("seats that cannot be started", () => {
  it.each(["thread", "process"] as const)("say why, when each is a %s", async (seat) => {
    const program = join(folder, "nowhere.js");
    const options = resolvePoolOptions({ seats: 1 }, 1);
    const setup = {
      runtime: "forged",
      imageHash: "0",
      memoryMb: 64,
      warmUpMs: 0,
      endsWithHost: false,
    } as const;
    const open =
      seat === "thread"
        ? threadSeats({ program, artifact, warmUpMs: 0 })
        : processSeats({ program, readable: [], launcher: [], setup });
    await expect(SeatPool.open({ name: "forged", imageHash: "0" }, options, open)).rejects.toMatchObject({
      code: "seat_failed",
      message: expect.stringContaining("nowhere.js"),
    });
  });
});

describe.skipIf(!hasImage)("a host that", () => {
  const isThere = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it.each([
    ["is killed while a guest loops", "with-host"],
    ["is killed while a guest loops", "by-itself"],
    ["is killed while nothing runs", "by-itself"],
  ])("%s leaves no process behind (they end %s)", async (what, ending) => {
    const host = spawn(process.execPath, [join(folder, "host-program.js"), what, "process", ending]);
    const [line] = await once(host.stdout, "data");
    const { pids } = JSON.parse(String(line)) as { pids: number[] };
    expect(pids.filter(isThere)).toHaveLength(2);
    host.kill("SIGKILL");
    await once(host, "close");
    await vi.waitFor(() => expect(pids.filter(isThere)).toEqual([]), 10_000);
  });

  const host = (what: string, seat: string) =>
    promisify(execFile)(process.execPath, [join(folder, "host-program.js"), what, seat, "with-host"]);

  it.each(["thread", "process"])("has nothing more to do may end, though each seat is a %s", async (seat) => {
    expect((await host("has nothing more to do", seat)).stdout).toContain("done\n");
  });

  it.each(["thread", "process"])("waits for a run goes on until it is over, in a %s", async (seat) => {
    expect((await host("waits for a run", seat)).stdout).toContain("done\n");
  });
});
