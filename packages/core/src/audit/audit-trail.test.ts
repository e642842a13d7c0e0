import type { ForgeError } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import type { AuditSink } from "./audit-sink.js";
import { AuditTrail, type AuditTrailOptions } from "./audit-trail.js";
import { verifyAudit } from "./verify-audit.js";

/** A sink whose writes end when the test says so. */
function controlledSink() {
  const batches: { lines: readonly string[]; done: () => void; fail: (error: Error) => void }[] = [];
  let onWrite = () => {};
  const sink: AuditSink = {
    write: (lines) =>
      new Promise<void>((done, fail) => {
        batches.push({ lines, done, fail });
        onWrite();
      }),
  };
  const written = async (count: number) => {
    while (batches.length < count) {
      await new Promise<void>((resolve) => {
        onWrite = resolve;
      });
    }
    return batches[count - 1] ?? expect.fail("there is no such batch");
  };
  return { sink, written, batches };
}

async function openTrail(sink: AuditSink, options: Partial<AuditTrailOptions> = {}) {
  const errors: ForgeError[] = [];
  const trail = await AuditTrail.open({ sink, onError: (error) => void errors.push(error), ...options });
  return { trail, errors };
}

const keeping = (lines: string[]): AuditSink => ({ write: (more) => void lines.push(...more) });

describe("an audit trail", () => {
  it("writes a chain", async () => {
    const lines: string[] = [];
    const { trail, errors } = await openTrail(keeping(lines));
    for (let n = 0; n < 100; n++) trail.add(`{"n":${n}}`);
    await trail.close();
    expect(await verifyAudit(lines)).toMatchObject({ ok: true, records: 100, missing: 0 });
    expect(lines.map((line) => JSON.parse(line).run.n)).toEqual([...Array(100).keys()]);
    expect(errors).toEqual([]);
  });

  it("goes on with the sink's chain, and with what is known to be lost of it", async () => {
    const lines: string[] = [];
    const lastHash = "a".repeat(64);
    const sink = { ...keeping(lines), open: async () => ({ lastHash, missing: 1 }) };
    const { trail } = await openTrail(sink);
    trail.add("{}");
    await trail.close();
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ previous: lastHash, missing: 1 });
  });

  it("never holds up who adds: one batch is with the sink, the rest waits for it", async () => {
    const { sink, written, batches } = controlledSink();
    const { trail } = await openTrail(sink);
    trail.add('{"n":1}');
    const first = await written(1);
    trail.add('{"n":2}');
    trail.add('{"n":3}');
    expect(batches).toHaveLength(1);
    first.done();
    const second = await written(2);
    expect(second.lines).toHaveLength(2);
    second.done();
    await trail.close();
    expect(await verifyAudit([...first.lines, ...second.lines])).toMatchObject({ ok: true, records: 3 });
  });

  it("leaves nothing waiting that is added while it ends a batch, in whichever moment", async () => {
    for (let turns = 0; turns < 12; turns++) {
      const lines: string[] = [];
      const { trail } = await openTrail(keeping(lines));
      trail.add('{"n":1}');
      for (let turn = 0; turn < turns; turn++) await undefined;
      trail.add('{"n":2}');
      await new Promise(setImmediate);
      expect(lines, `added ${turns} turns later`).toHaveLength(2);
      await trail.close();
    }
  });

  it("tries again what a sink failed to take, and loses nothing", async () => {
    const lines: string[] = [];
    let isBroken = true;
    let now = 0;
    const sink: AuditSink = {
      write(more) {
        if (isBroken) throw new Error("the disk is full");
        lines.push(...more);
      },
    };
    const { trail, errors } = await openTrail(sink, { now: () => now });
    trail.add('{"n":1}');
    await Promise.resolve();
    expect(trail.failure()).toMatchObject({ code: "audit_failed", cause: new Error("the disk is full") });
    isBroken = false;
    trail.add('{"n":2}');
    await Promise.resolve();
    expect(lines).toEqual([]);
    now = 1_000;
    trail.add('{"n":3}');
    await trail.close();
    expect(trail.failure()).toBeUndefined();
    expect(await verifyAudit(lines)).toMatchObject({ ok: true, records: 3, missing: 0 });
    expect(errors).toHaveLength(1);
  });

  it("knows how much it gave, whatever its sink does with the list", async () => {
    const lines: string[] = [];
    const sink: AuditSink = { write: (more) => void lines.push(...(more as string[]).splice(0)) };
    const { trail } = await openTrail(sink);
    trail.add('{"n":1}');
    await trail.close();
    expect(lines).toHaveLength(1);
  });

  it("takes a sink that does not answer for one that fails", async () => {
    const { sink, written } = controlledSink();
    let now = 0;
    const { trail } = await openTrail(sink, { now: () => now, flushMs: 100 });
    trail.add("{}");
    const batch = await written(1);
    expect(trail.failure()).toBeUndefined();
    now = 101;
    expect(trail.failure()).toMatchObject({
      code: "audit_failed",
      message: expect.stringContaining("100 ms"),
    });
    batch.done();
    await trail.close();
    expect(trail.failure()).toBeUndefined();
  });

  it("bounds what waits for a sink that hangs, and says afterwards how much was lost", async () => {
    const { sink, written } = controlledSink();
    const { trail, errors } = await openTrail(sink, { maxWaitingChars: 1_000 });
    const record = JSON.stringify({ filling: "x".repeat(200) });
    for (let n = 0; n < 1_000; n++) trail.add(record);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining("being lost")]);
    const first = await written(1);
    first.done();
    await Promise.resolve();
    await Promise.resolve();
    trail.add("{}");
    const second = await written(2);
    second.done();
    await trail.close();
    const verdict = await verifyAudit([...first.lines, ...second.lines]);
    expect(verdict).toMatchObject({
      ok: true,
      records: first.lines.length + 1,
      missing: 1_000 - first.lines.length,
    });
  });

  it("does not wait for ever for a sink that hangs when it is closed", async () => {
    const { sink } = controlledSink();
    const { trail, errors } = await openTrail(sink, { flushMs: 10 });
    trail.add("{}");
    await trail.close();
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining("could not be closed in order"),
      expect.stringContaining("1 audit records never reached the sink"),
    ]);
  });

  it.each([
    ["at once", () => expect.fail("nobody cares")],
    ["later", () => Promise.reject(new Error("nobody cares"))],
  ])("is not disturbed by a listener that throws %s", async (_, onError) => {
    const lines: string[] = [];
    const sink: AuditSink = {
      ...keeping(lines),
      close: async () => {
        throw new Error("too late");
      },
    };
    const trail = await AuditTrail.open({ sink, onError });
    trail.add("{}");
    await trail.close();
    expect(lines).toHaveLength(1);
  });

  it("says what to look at when its sink cannot be opened", async () => {
    const sink: AuditSink = { open: () => Promise.reject(new Error("no such folder")), write() {} };
    await expect(openTrail(sink)).rejects.toMatchObject({
      code: "audit_failed",
      cause: new Error("no such folder"),
    });
  });
});
