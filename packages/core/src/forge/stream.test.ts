import { ForgeError, type GeneratePart } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { RunEvent } from "../run/run-event.js";
import { deferred, done, plugin, providerOf, untilAborted, useForge } from "../test/forge.js";

const calls = deferred<AbortSignal>();
const forge = useForge({
  seats: 1,
  providers: [
    providerOf(async function* ({ prompt }, signal): AsyncGenerator<GeneratePart> {
      if (prompt === "hang") {
        calls.resolve(signal);
        await untilAborted(signal);
      }
      yield { type: "text", text: "one two" };
      yield done;
    }),
  ],
  tools: {
    fail: {
      description: "",
      input: z.object({}),
      run: () => {
        throw Object.assign(new Error("no such table"), { password: "secret" });
      },
    },
  },
  policy: { models: ["m"], tools: { fail: true } },
  limits: { queueLength: 1 },
});

async function eventsOf(source: string, options = {}): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of forge().stream(plugin(source), options)) events.push(event);
  return events;
}

describe("a run as a stream of events", () => {
  it("tells everything in order, and ends with the outcome", async () => {
    const events = await eventsOf(`
import sys
print("hello")
sys.stderr.write("oops\\n")
sdk.progress(0.5, "half")
sdk.log("warning", "careful")
send_output(call_ai("m", "hi"))
try: call_ai("other", "hi")
except AIError: pass
send_output([1])
`);
    expect(events.map(({ type }) => type)).toEqual([
      "started",
      "stdout",
      "stderr",
      "progress",
      "log",
      "call_started",
      "tokens",
      "call_finished",
      "output",
      "call_denied",
      "output",
      "outcome",
    ]);
    expect(events).toMatchObject([
      { runId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { text: "hello\n" },
      { text: "oops\n" },
      { fraction: 0.5, message: "half" },
      { level: "warning", message: "careful" },
      { call: { op: "call_ai", target: "m:latest" } },
      { text: "one two" },
      { result: { ok: true, promptTokens: 3, completionTokens: 5 } },
      { item: { kind: "text", text: "one two" } },
      { code: "model_not_allowed" },
      { item: { kind: "json", value: [1] } },
      { outcome: { status: "completed", output: "one two\n[1]", stdout: "hello\n", stderr: "oops\n" } },
    ]);
  });

  it("says the same of the run as `run` does", async () => {
    const source = "print('x')\nsend_output(1)\nraise ValueError('no')";
    const [last] = (await eventsOf(source)).slice(-1);
    const outcome = await forge().run(plugin(source));
    expect(last).toMatchObject({
      type: "outcome",
      outcome: { ...outcome, runId: expect.anything(), usage: expect.anything() },
    });
  });

  it("gives whole characters, whatever pieces they were printed in", async () => {
    const events = await eventsOf(`
import sys
for byte in "é😀".encode() + b"\\xff|\\xf0\\x9f":
    sys.stdout.buffer.write(bytes([byte]))
    sys.stdout.buffer.flush()
`);
    const texts = events.flatMap((event) => (event.type === "stdout" ? [event.text] : []));
    expect(texts.join("")).toBe("é😀\ufffd|\ufffd");
    for (const text of texts) expect(text).toMatch(/^[^\ud800-\udfff]*$|😀/u);
    expect(events.at(-1)).toMatchObject({ outcome: { stdout: "é😀\ufffd|\ufffd" } });
  });

  it("tells nobody what a tool threw", async () => {
    const events = await eventsOf("try: sdk.tools.fail()\nexcept AIError as e: send_output(e.code)");
    const finished = events.find((event) => event.type === "call_finished" && !event.result.ok);
    expect(finished).toMatchObject({ result: { code: "tool_failed" } });
    expect(finished).not.toHaveProperty("result.cause");
    expect(JSON.stringify(events)).not.toMatch(/secret|no such table/);
  });

  it("loses no text where its consumer is slow, and holds up nobody", async () => {
    const lines = 3_000;
    const stream = forge().stream(plugin(`for n in range(${lines}): print(n)\nsend_output('end')`));
    const iterator = stream[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ type: "started" });
    // The only seat is free again before anything more was asked for.
    expect((await forge().run(plugin("send_output(1)"))).output).toBe("1");
    let text = "";
    let events = 0;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      events += 1;
      if (next.value.type === "stdout") text += next.value.text;
    }
    expect(text).toBe(Array.from({ length: lines }, (_, n) => `${n}\n`).join(""));
    expect(events).toBeLessThan(10);
  });

  it("begins when it is asked for, not before", async () => {
    const before = forge().stats().runs;
    const stream = forge().stream(plugin(""));
    await new Promise((resolve) => setImmediate(resolve));
    expect(forge().stats().runs).toBe(before);
    for await (const _ of stream);
    expect(forge().stats().runs).toBe(before + 1);
  });

  it("is aborted by leaving the loop, down to the provider, and is over when the loop is left", async () => {
    for await (const event of forge().stream(plugin("call_ai('m', 'hang')"))) {
      if (event.type === "call_started") break;
    }
    expect((await calls.promise).aborted).toBe(true);
    expect(forge().stats().running).toBe(0);
    expect((await forge().run(plugin("send_output(1)"))).output).toBe("1");
  });

  it("is aborted where its consumer throws, and the consumer hears his own error", async () => {
    const consume = async () => {
      for await (const event of forge().stream(plugin("while True: pass"))) {
        throw new Error(event.type);
      }
    };
    await expect(consume()).rejects.toThrow("started");
    expect(forge().stats().running).toBe(0);
  });

  it("ends with an outcome where a signal aborts it", async () => {
    const abort = new AbortController();
    const events: string[] = [];
    for await (const event of forge().stream(plugin("while True: pass"), { signal: abort.signal })) {
      events.push(event.type === "outcome" ? event.outcome.status : event.type);
      abort.abort();
    }
    expect(events).toEqual(["started", "stopped"]);
  });

  it("throws where the run is refused", async () => {
    const abort = new AbortController();
    const endless = plugin("while True: pass");
    const first = forge().stream(endless, { signal: abort.signal })[Symbol.asyncIterator]();
    expect((await first.next()).value).toMatchObject({ type: "started" });
    const second = forge().run(endless, { signal: abort.signal });
    await expect(eventsOf("")).rejects.toSatisfy(
      (error) => ForgeError.is(error) && error.code === "overloaded",
    );
    abort.abort();
    expect(await second).toMatchObject({ status: "stopped" });
    expect((await first.next()).value).toMatchObject({ outcome: { status: "stopped" } });
  });
});
