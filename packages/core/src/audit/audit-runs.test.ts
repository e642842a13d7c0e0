import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ForgeError, type GeneratePart } from "@wasmforge/bridge";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createForge } from "../forge/create-forge.js";
import type { Forge } from "../forge/forge.js";
import type { AuditOptions } from "../forge/forge-options.js";
import { done, plugin, providerOf, quickPool } from "../test/forge.js";
import type { AuditRecord } from "./audit-record.js";
import { jsonLinesFile } from "./platform/json-lines-file.js";
import { verifyAudit } from "./verify-audit.js";

const provider = providerOf(async function* ({ prompt }, signal): AsyncGenerator<GeneratePart> {
  if (prompt === "fail") throw new Error("sk-12345");
  if (prompt === "hang") await new Promise((_, reject) => signal.addEventListener("abort", reject));
  yield { type: "text", text: `the answer to ${prompt}` };
  yield done;
});
const tools = { look: { description: "", input: z.object({ at: z.string() }), run: () => "seen" } };
const policy = { models: ["m"], tools: { look: true as const }, maxCalls: 2_000 };

/** Collects lines, and whatever the Forge is asked for in the meantime. */
async function auditing(
  act: (forge: Forge) => Promise<void>,
  options: Partial<AuditOptions> = {},
): Promise<{ lines: string[]; records: AuditRecord[] }> {
  const lines: string[] = [];
  const audit = { sink: { write: (more: readonly string[]) => void lines.push(...more) }, ...options };
  const forge = await createForge({ seats: 1, pool: quickPool, providers: [provider], tools, policy, audit });
  try {
    await act(forge);
  } finally {
    await forge.close();
  }
  return { lines, records: lines.map((line) => JSON.parse(line).run) };
}

const secrets = `
print("printed secret")
send_output("output secret " + get_input())
call_ai("m", "prompt secret")
try: call_ai("name-secret", "x")
except AIError: pass
sdk.tools.look(at="argument secret")
sdk.log("info", "log secret")
sdk.progress(0.1, "progress secret")
raise ValueError("error secret")
`;

describe("the audit record of a run", () => {
  it("says who ran what, with what, and every call with its decision, and nothing of the content", async () => {
    const source = plugin(secrets);
    const { lines, records } = await auditing(async (forge) => {
      await forge.run(source, { input: "input secret", tenant: "acme", seed: 1, now: 0 });
    });
    expect(await verifyAudit(lines)).toMatchObject({ ok: true, records: 1 });
    expect(lines.join("")).not.toContain("secret");
    expect(records[0]).toEqual({
      runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      tenant: "acme",
      requestedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      endedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      plugin: { name: "plugin", sha256: createHash("sha256").update(source.source).digest("hex") },
      runtime: { name: expect.any(String), imageHash: expect.any(String) },
      policy: expect.objectContaining({ models: ["m:latest"], maxFreeCalls: 1_000 }),
      limits: expect.objectContaining({ wallTimeMs: 120_000 }),
      repeatable: { seed: 1, nowMs: 0 },
      calls: [
        {
          callId: expect.any(Number),
          op: "call_ai",
          target: "m:latest",
          decision: "allowed",
          ok: true,
          provider: "test",
          atMs: expect.any(Number),
          durationMs: expect.any(Number),
          requestBytes: 38,
          replyBytes: 36,
          promptTokens: 3,
          completionTokens: 5,
        },
        expect.objectContaining({ op: "call_ai", decision: "denied", code: "model_not_allowed" }),
        expect.objectContaining({ op: "list_tools", decision: "allowed" }),
        expect.objectContaining({ op: "call_tool", target: "look", decision: "allowed", ok: true }),
      ],
      callsLeftOut: 0,
      usage: expect.objectContaining({ calls: 3, promptTokens: 3, completionTokens: 5 }),
      outcome: { status: "failed", line: 12 },
    });
    expect(records[0]?.calls[1]).not.toHaveProperty("target");
  });

  it("has the content where the host wants it", async () => {
    const { records } = await auditing(
      async (forge) => void (await forge.run(plugin(secrets), { input: "input secret" })),
      { content: true },
    );
    expect(records[0]?.content).toMatchObject({
      source: expect.stringContaining("prompt secret"),
      input: "input secret",
      outputs: [{ text: "output secret input secret" }],
      stdout: "printed secret\n",
      stderr: "",
      error: { type: "ValueError", message: "error secret" },
    });
  });

  it("is one line of ASCII whatever the plugin and its caller are called", async () => {
    const { lines } = await auditing(
      async (forge) =>
        void (await forge.run({ name: "a\u202e\u200b😀", source: "" }, { tenant: "t\u001b[2J\n\u009b" })),
    );
    expect(lines[0]).toMatch(/^[\x20-\x7e]*$/);
  });

  it("is there for runs that end otherwise, too", async () => {
    const { records } = await auditing(async (forge) => {
      await forge.run(plugin("while True: pass"), { limits: { computeMs: 100 } });
      const stream = forge.stream(plugin("call_ai('m', 'hang')"));
      for await (const event of stream) if (event.type === "call_started") break;
      await forge.run(plugin(""), { signal: AbortSignal.abort() });
      await forge.run(plugin("try: call_ai('m', 'fail')\nexcept AIError: pass"));
      const { record } = await forge.run(plugin("call_ai('m', 'x')"), { record: true });
      await forge.replay(record);
    });
    expect(records.map(({ outcome }) => outcome)).toEqual([
      { status: "stopped", reason: "compute" },
      { status: "stopped", reason: "aborted" },
      { status: "stopped", reason: "aborted" },
      { status: "completed" },
      { status: "completed" },
      { status: "completed" },
    ]);
    expect(records[1]?.calls).toMatchObject([{ decision: "allowed", ok: false, code: "aborted" }]);
    expect(records[3]?.calls).toMatchObject([{ decision: "allowed", ok: false, code: "provider_failed" }]);
    expect(records.filter(({ isReplay }) => isReplay)).toEqual([records[5]]);
    expect(records[5]?.calls).toEqual([]);
  });

  it("names the session of a session's run", async () => {
    let id = "";
    const { records } = await auditing(async (forge) => {
      const session = forge.session({ owner: "o" });
      id = session.id;
      await session.run(plugin(""));
    });
    expect(records).toMatchObject([{ sessionId: id, tenant: "o" }]);
  });

  it("counts calls beyond the first thousand, and stays small", async () => {
    const source = "for n in range(1500):\n  try: call_ai('no', '')\n  except AIError: pass";
    const { lines, records } = await auditing(async (forge) => void (await forge.run(plugin(source))));
    expect(records[0]?.calls).toHaveLength(1_000);
    expect(records[0]?.callsLeftOut).toBe(500);
    expect(lines[0]?.length).toBeLessThan(200_000);
  });

  it("is there for runs that were in flight when the Forge was closed", async () => {
    const { records } = await auditing(async (forge) => {
      const first = forge.stream(plugin("while True: pass"))[Symbol.asyncIterator]();
      await first.next();
      const refused = forge.run(plugin("")).catch((error: unknown) => error);
      await forge.close();
      expect(await refused).toMatchObject({ code: "closed" });
    });
    expect(records.map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining([
        { status: "stopped", reason: "aborted" },
        { status: "error", code: "closed" },
      ]),
    );
  });
});

describe("a sink that fails", () => {
  const errors: ForgeError[] = [];
  const onError = (error: ForgeError) => void errors.push(error);

  it("does not keep an outcome from coming, whether it throws or hangs", async () => {
    const throws = () => {
      throw new Error("the disk is full");
    };
    const hangs = () => new Promise<void>(() => {});
    for (const write of [throws, hangs, () => Promise.reject(new Error("no"))]) {
      const forge = await createForge({
        seats: 1,
        pool: quickPool,
        audit: { sink: { write }, onError, flushMs: 50 },
      });
      expect((await forge.run(plugin("send_output(1)"))).output).toBe("1");
      expect((await forge.run(plugin("send_output(2)"))).output).toBe("2");
      await forge.close();
    }
    expect(errors.every((error) => error.code === "audit_failed")).toBe(true);
    expect(errors.some(({ cause }) => String(cause).includes("the disk is full"))).toBe(true);
  });

  it("lets no run begin where the host wants it so, and loses nothing once it works again", async () => {
    let isBroken = true;
    const lines: string[] = [];
    const sink = {
      write(more: readonly string[]) {
        if (isBroken) throw new Error("no");
        lines.push(...more);
      },
    };
    const forge = await createForge({
      seats: 1,
      pool: quickPool,
      audit: { sink, whenFailing: "refuse", onError },
    });
    expect((await forge.run(plugin(""))).status).toBe("completed");
    await expect(forge.run(plugin(""))).rejects.toMatchObject({ code: "audit_failed" });
    isBroken = false;
    await forge.close();
    expect(await verifyAudit(lines)).toMatchObject({ ok: true, records: 1, missing: 0 });
  });

  it("that cannot be opened is an error of createForge", async () => {
    const sink = { open: () => Promise.reject(new Error("no such folder")), write() {} };
    await expect(createForge({ audit: { sink } })).rejects.toSatisfy(
      (error) => ForgeError.is(error) && error.code === "audit_failed",
    );
  });
});

describe("an audit file", () => {
  const folder = mkdtemp(path.join(tmpdir(), "wasmforge-audit-"));
  afterAll(async () => rm(await folder, { recursive: true }));

  it("is one chain over several lives of an app", async () => {
    const file = path.join(await folder, "audit.jsonl");
    for (let life = 0; life < 2; life++) {
      const forge = await createForge({ seats: 2, pool: quickPool, audit: { sink: jsonLinesFile(file) } });
      await Promise.all(Array.from({ length: 50 }, (_, n) => forge.run(plugin(`send_output(${n})`))));
      await forge.close();
    }
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
    expect(await verifyAudit(lines)).toMatchObject({ ok: true, records: 100, missing: 0 });
  });
});
