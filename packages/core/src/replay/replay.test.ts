import type { GeneratePart } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { done, outputOf, plugin, providerOf, useForge } from "../test/forge.js";
import type { RunRecord } from "./run-record.js";

let answered = 0;
const forge = useForge({
  seats: 1,
  providers: [
    providerOf(async function* ({ prompt }): AsyncGenerator<GeneratePart> {
      answered += 1;
      yield { type: "text", text: `${prompt} is number ${answered}, é😀` };
      yield done;
    }),
  ],
  tools: {
    roll: { description: "", input: z.object({ sides: z.int() }), run: ({ sides }) => (answered += sides) },
  },
  policy: { models: ["m"], tools: { roll: true }, imports: { allow: ["random", "time", "asyncio"] } },
});
/** Nothing of it answers anything. */
const deaf = useForge({ seats: 1 });

const everything = `
import random, time
print(random.random(), time.time())
send_output([call_ai("m", get_input()), sdk.list_models(), sdk.tools.roll(sides=6)])
for piece in sdk.stream_ai("m", "stream"): send_output(piece)
send_output(sdk.call_ai_many([("m", "a"), ("m", "b")]))
try: call_ai("other", "x")
except AIError as error: send_output(error.message)
sdk.progress(0.5, "half")
sdk.log("info", "logged")
send_output([sdk.get_file().data[1], open("/a.txt").read()])
`;
const options = {
  input: "héllo \ud800",
  file: { name: "f", mediaType: "a/b", bytes: Uint8Array.of(0, 255) },
  files: { "a.txt": "text", "b.bin": Uint8Array.of(128) },
  record: true,
};

async function recorded(source = everything): Promise<{ record: RunRecord; output: string; stdout: string }> {
  const outcome = await forge().run(plugin(source), options);
  const output = outputOf(outcome);
  // As it comes back from a file.
  return { record: JSON.parse(JSON.stringify(outcome.record)), output, stdout: outcome.stdout };
}

describe("replaying a run from its record", () => {
  it("gives the same output, byte for byte, and asks nobody", async () => {
    const { record, output, stdout } = await recorded();
    const before = answered;
    for (const other of [forge(), deaf()]) {
      const outcome = await other.replay(record);
      expect(outcome).toMatchObject({ status: "completed", output, stdout });
      expect(outcome.usage.calls).toBe(0);
    }
    expect(answered).toBe(before);
  });

  it("works for a plugin that waits and computes in turns", async () => {
    const { record, output } = await recorded(`
import asyncio
async def main():
    async def one(n):
        await asyncio.sleep(n / 100)
        return await sdk.call_ai_async("m", str(n))
    send_output(await asyncio.gather(*map(one, range(4))))
asyncio.run(main())
`);
    expect(await deaf().replay(record)).toMatchObject({ status: "completed", output });
  });

  it("fails as the run failed", async () => {
    const outcome = await forge().run(plugin("import random\nraise ValueError(random.random())"), options);
    const replayed = await deaf().replay(outcome.record);
    expect(outcome.status).toBe("failed");
    expect(replayed).toMatchObject({ status: "failed", error: outcome.status === "failed" && outcome.error });
  });

  it("is not offered where nobody asked for it", async () => {
    expect(await forge().run(plugin(""))).not.toHaveProperty("record");
  });

  it("takes what seed and time were given", async () => {
    const { record } = await forge().run(plugin(""), { record: true, seed: 5, now: 1_000 });
    expect(record).toMatchObject({ seed: 5, now: 1_000 });
  });

  it("asks nobody, and says so, when it is given the options of a run", async () => {
    const { record } = await recorded();
    const before = answered;
    await expect(forge().replay(record, { record: true } as object)).rejects.toMatchObject({
      code: "invalid_options",
      message: expect.stringContaining("record"),
    });
    expect(answered).toBe(before);
  });

  it("can be aborted", async () => {
    const { record } = await recorded();
    const outcome = await deaf().replay(record, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ status: "stopped", reason: "aborted" });
  });

  const asked = "send_output(call_ai('m', get_input()))";
  it.each<[string, (record: RunRecord) => unknown, RegExp]>([
    ["of another source", (r) => ({ ...r, plugin: plugin("send_output(1)") }), /no record/],
    [
      "of a plugin that asks something else",
      (r) => ({ ...r, plugin: { name: "p", source: { text: plugin("call_ai('m', 'other')").source } } }),
      /call 1 of the plugin is another/,
    ],
    [
      "of a plugin that asks less",
      (r) => ({ ...r, plugin: { name: "p", source: { text: "" } } }),
      /made 0 calls, and the record has 2/,
    ],
    ["whose input was changed", (r) => ({ ...r, input: { text: "other" } }), /call 1/],
    ["that lacks its answers", (r) => ({ ...r, answers: [] }), /the record ends before/],
    [
      "that lacks its last answer",
      (r) => ({ ...r, answers: r.answers.slice(0, -1) }),
      /call 2 .* the record ends/,
    ],
    [
      "with an answer too many",
      (r) => ({ ...r, answers: [...r.answers, r.answers[0]] }),
      /made 2 calls, and the record has 3/,
    ],
    [
      "with answers in another order",
      (r) => ({ ...r, answers: r.answers.toReversed() }),
      /the record has send_output/,
    ],
    [
      "whose answer was changed",
      (r) => JSON.parse(JSON.stringify(r).replace("number", "figure")),
      /call 2 of the plugin is another/,
    ],
    [
      "of another interpreter",
      (r) => ({ ...r, runtime: { ...r.runtime, imageHash: "0" } }),
      /another interpreter/,
    ],
    ["of another version", (r) => ({ ...r, version: 2 }), /no record of a run at version/],
    ["that is none", () => "record", /no record of a run/],
    ["that is cut off", (r) => ({ version: r.version, plugin: r.plugin }), /no record of a run/],
    ["whose bytes are none", (r) => ({ ...r, input: { base64: "?" } }), /no record of a run at input/],
  ])("refuses a record %s", async (_, change, message) => {
    const { record } = await recorded(asked);
    await expect(deaf().replay(change(record))).rejects.toMatchObject({
      code: "replay_mismatch",
      message: expect.stringMatching(message),
    });
  });

  it("cannot be used to run with more than the Forge allows", async () => {
    const { record } = await recorded("send_output('x' * 1000)");
    const generous = { ...record, limits: { ...record.limits, wallTimeMs: 86_400_000 }, files: undefined };
    const { usage } = await deaf().replay(JSON.parse(JSON.stringify(generous)));
    expect(usage.calls).toBe(0);
    const hostile = { ...record, plugin: { name: "p", source: { text: "while True: pass" } } };
    const stopped = await deaf()
      .replay({ ...hostile, limits: { ...record.limits, computeMs: 200 } })
      .catch((e) => e);
    expect(stopped).toMatchObject({ code: "replay_mismatch" });
  });
});
