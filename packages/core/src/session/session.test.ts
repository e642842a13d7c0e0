import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createForge } from "../forge/create-forge.js";
import { outputOf, plugin, quickPool, useForge } from "../test/forge.js";
import type { Session } from "./session.js";

const owner = "user-1";
const forge = useForge({ seats: 1 });

const say = async (session: Session, expression: string) =>
  outputOf(await session.run(plugin(`send_output(${expression})`)));

describe("a session", () => {
  it("remembers what its runs defined, and nobody else does", async () => {
    await using session = forge().session({ owner });
    await session.run(plugin("import json\nnumbers = [1]\ndef add(n): numbers.append(n)"));
    await session.run(plugin("add(2)"));
    expect(await say(session, "json.dumps(numbers)")).toBe("[1, 2]");
    await using other = forge().session({ owner });
    expect(await say(other, "'numbers' in globals()")).toBe("False");
    expect((await forge().run(plugin("send_output('numbers' in globals())"))).output).toBe("False");
  });

  it("gives each run its own input, and its own random numbers", async () => {
    await using session = forge().session({ owner });
    const source = "import random\nsend_output(get_input() + ' ' + str(random.random()))";
    const outputs = [];
    for (const input of ["a", "b"]) outputs.push(outputOf(await session.run(plugin(source), { input })));
    const [[first, one], [second, other]] = outputs.map((output) => output.split(" ")) as [
      string[],
      string[],
    ];
    expect([first, second]).toEqual(["a", "b"]);
    expect(one).not.toBe(other);
  });

  it("goes on from a run that failed, as far as it came", async () => {
    await using session = forge().session({ owner });
    expect((await session.run(plugin("x = 1\nraise ValueError()"))).status).toBe("failed");
    expect((await session.run(plugin("import sys; x += 1; sys.exit(3)"))).status).toBe("failed");
    expect(await say(session, "x")).toBe("2");
  });

  it.each([
    ["that is too long", "x = 2\nwhile True: pass"],
    ["that prints too much", "x = 2\nwhile True: print('x' * 1000)"],
    ["that crashes", "x = 2\nimport os; os.abort()"],
    ["that leaves without goodbye", "x = 2\nimport os; os._exit(0)"],
  ])("is after a run %s what it was before", async (_, source) => {
    await using session = forge().session({ owner });
    await session.run(plugin("x = 1"));
    await session.run(plugin(source), { limits: { computeMs: 200, printBytes: 5_000 } });
    expect(await say(session, "x")).toBe("1");
  });

  it("has its runs one after the other, in the order in which they were asked for", async () => {
    await using session = forge().session({ owner });
    await session.run(plugin("seen = []"));
    const runs = Array.from({ length: 20 }, (_, n) => session.run(plugin(`seen.append(${n})`)));
    for (const outcome of await Promise.all(runs)) expect(outcome.status).toBe("completed");
    expect(await say(session, "seen == list(range(20))")).toBe("True");
  });

  it("lets a run that waits for its turn be aborted, and goes on without it", async () => {
    await using session = forge().session({ owner });
    const [endless, patient] = [new AbortController(), new AbortController()];
    const first = session.run(plugin("while True: pass"), { signal: endless.signal });
    const second = session.run(plugin("x = 1"), { signal: patient.signal });
    patient.abort();
    expect(await second).toMatchObject({ status: "stopped", reason: "aborted" });
    endless.abort();
    expect(await first).toMatchObject({ status: "stopped", reason: "aborted" });
    expect(await say(session, "'x' in globals()")).toBe("False");
  });

  it("is not asked for more than it can remember", async () => {
    await using session = forge().session({ owner });
    const abort = new AbortController();
    const { signal } = abort;
    const first = session.run(plugin("while True: pass"), { signal });
    const others = Array.from({ length: 99 }, () => session.run(plugin(""), { signal }));
    await expect(session.run(plugin(""))).rejects.toMatchObject({ code: "overloaded" });
    abort.abort();
    for (const outcome of await Promise.all([first, ...others])) expect(outcome.status).toBe("stopped");
    expect((await session.run(plugin(""))).status).toBe("completed");
  });

  it("streams its runs, too", async () => {
    await using session = forge().session({ owner });
    for await (const event of session.stream(plugin("x = 5"))) {
      if (event.type === "outcome") expect(event.outcome.status).toBe("completed");
    }
    expect(await say(session, "x")).toBe("5");
  });

  it("forks into sessions that share a past and no future", async () => {
    await using session = forge().session({ owner });
    await session.run(plugin("import random\nx = [1]"));
    await using fork = await session.fork();
    expect(fork).toMatchObject({ owner });
    expect(fork.id).not.toBe(session.id);
    await session.run(plugin("x.append('session')"));
    await fork.run(plugin("x.append('fork')"));
    expect([await say(session, "x"), await say(fork, "x")]).toEqual(["[1, 'session']", "[1, 'fork']"]);
    expect(await say(session, "random.random()")).not.toBe(await say(fork, "random.random()"));
  });

  it("keeps no more than it may", async () => {
    await using session = forge().session({ owner, maxStateMb: 1 });
    await session.run(plugin("x = 1"));
    expect(await session.run(plugin("x = __import__('os').urandom(3_000_000)"))).toMatchObject({
      status: "stopped",
      reason: "memory",
      message: expect.stringContaining("maxStateMb"),
    });
    expect(await say(session, "x")).toBe("1");
  });

  it("ends its run when it is closed, and takes no other", async () => {
    const session = forge().session({ owner });
    const first = session.stream(plugin("while True: pass"))[Symbol.asyncIterator]();
    expect((await first.next()).value).toMatchObject({ type: "started" });
    const second = session.run(plugin(""));
    const refused = expect(second).rejects.toMatchObject({ code: "closed" });
    await Promise.all([session.close(), session.close()]);
    expect((await first.next()).value).toMatchObject({ outcome: { status: "stopped", reason: "aborted" } });
    await refused;
    const closed = { code: "closed", message: expect.stringContaining("closed or sent to sleep") };
    await expect(session.run(plugin(""))).rejects.toMatchObject(closed);
    await expect(session.fork()).rejects.toMatchObject(closed);
    await expect(session.sleep()).rejects.toMatchObject(closed);
  });

  it("ends its run when it is closed, also after another one that waited was aborted", async () => {
    const session = forge().session({ owner });
    const first = session.stream(plugin("while True: pass"))[Symbol.asyncIterator]();
    await first.next();
    const patient = new AbortController();
    const second = session.run(plugin(""), { signal: patient.signal });
    patient.abort();
    expect(await second).toMatchObject({ status: "stopped", reason: "aborted" });
    await session.close();
    expect((await first.next()).value).toMatchObject({ outcome: { status: "stopped", reason: "aborted" } });
  });

  it("needs an owner, and options that exist", () => {
    for (const options of [
      undefined,
      {},
      { owner: "" },
      { owner: "\ud800" },
      { owner, maxStateMb: 0 },
      { owner, user: 1 },
      { owner, tenant: 5 },
    ]) {
      expect(() => forge().session(options as never)).toThrow(
        expect.objectContaining({ code: "invalid_options" }),
      );
    }
  });

  it("belongs to its tenant: a run cannot have another, and cannot be recorded", async () => {
    await using session = forge().session({ owner });
    const run = session.run as (plugin: unknown, options: unknown) => Promise<unknown>;
    await expect(run.call(session, plugin(""), { record: true })).rejects.toMatchObject({
      code: "invalid_options",
    });
  });
});

describe("a session that sleeps", () => {
  const key = randomBytes(32);
  const sealed = useForge({ seats: 1, sessionKey: key });

  it("is bytes, and goes on where it was, in this Forge or another", async () => {
    const session = sealed().session({ owner });
    await session.run(plugin("import random\nx = {'a': [1, 2]}"));
    const bytes = await session.sleep();
    expect(bytes.length).toBeLessThan(500_000);
    await using awake = await sealed().wake(bytes, { owner });
    expect(await say(awake, "x")).toBe("{'a': [1, 2]}");
    await using forgeElsewhere = await createForge({ seats: 1, pool: quickPool, sessionKey: key });
    await using elsewhere = await forgeElsewhere.wake(bytes, { owner });
    expect(await say(elsewhere, "x")).toBe("{'a': [1, 2]}");
  });

  it("stays what it is when the bytes that it was woken from, and the key, are used for something else", async () => {
    const mine = randomBytes(32);
    await using forgeElsewhere = await createForge({ seats: 1, pool: quickPool, sessionKey: mine });
    const ofMine = mine.toString("hex");
    mine.fill(0);
    const session = forgeElsewhere.session({ owner });
    await session.run(plugin("x = 1"));
    const bytes = Buffer.from(await session.sleep());
    const waking = forgeElsewhere.wake(bytes, { owner });
    await using awake = await waking;
    const kept = Buffer.from(bytes);
    bytes.fill(0);
    expect(await say(awake, "x")).toBe("1");
    const sessionKey = Buffer.from(ofMine, "hex");
    await using sameKey = await createForge({ seats: 1, pool: quickPool, sessionKey });
    await using again = await sameKey.wake(kept, { owner });
    expect(await say(again, "x")).toBe("1");
  });

  it("may never have run", async () => {
    const bytes = await sealed().session({ owner }).sleep();
    await using awake = await sealed().wake(bytes, { owner });
    expect(await say(awake, "1")).toBe("1");
  });

  it("is refused to others, without its key, to another memory, and where it was touched", async () => {
    const session = sealed().session({ owner });
    await session.run(plugin("x = 1"));
    const bytes = await session.sleep();
    const refused = { code: "session_refused", message: expect.stringContaining("start a fresh session") };
    await expect(sealed().wake(bytes, { owner: "user-2" })).rejects.toMatchObject(refused);
    await expect(forge().wake(bytes, { owner })).rejects.toMatchObject(refused);
    await expect(sealed().wake(bytes.subarray(1), { owner })).rejects.toMatchObject(refused);
    await expect(sealed().wake(new Uint8Array(), { owner })).rejects.toMatchObject(refused);
    for (const at of [0, 9, 13, 17, 21, 100, bytes.length - 1]) {
      const touched = bytes.slice();
      touched[at] = (touched[at] ?? 0) ^ 1;
      await expect(sealed().wake(touched, { owner })).rejects.toMatchObject(refused);
    }
    await using awake = await sealed().wake(bytes, { owner });
    expect(await say(awake, "x")).toBe("1");
  });

  it("waits for the run in progress", async () => {
    const session = sealed().session({ owner });
    const run = session.run(plugin("import time\ntime.sleep(0.05)\nx = 'late'"));
    const bytes = await session.sleep();
    expect((await run).status).toBe("completed");
    await using awake = await sealed().wake(bytes, { owner });
    expect(await say(awake, "x")).toBe("late");
  });

  it("wakes from bytes alone", async () => {
    const wake = sealed().wake as (bytes: unknown, options: unknown) => Promise<unknown>;
    await expect(wake.call(sealed(), "bytes", { owner })).rejects.toMatchObject({ code: "invalid_options" });
  });
});

describe("the stock interpreter", () => {
  const stock = useForge({ seats: 1, runtime: "stock" });

  it("has no sessions, and says what has", async () => {
    const unsupported = { code: "unsupported", message: expect.stringContaining("build:python") };
    expect(() => stock().session({ owner })).toThrow(expect.objectContaining(unsupported));
    await expect(stock().wake(new Uint8Array(), { owner })).rejects.toMatchObject(unsupported);
  });
});
