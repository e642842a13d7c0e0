import { readdir, readFile } from "node:fs/promises";
import { echoProvider, type GeneratePart, type GenerateRequest } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Outcome } from "../run/outcome.js";
import type { RunEvent } from "../run/run-event.js";
import type { RunOptions } from "../run/run-options.js";
import { deferred, done, outputOf, plugin, providerOf, untilAborted, useForge } from "../test/forge.js";

type Answer = (request: GenerateRequest, signal: AbortSignal) => AsyncIterable<GeneratePart>;

const text = (text: string): GeneratePart => ({ type: "text", text });

/** The SDK from a plugin's line to a provider and back, with nothing in between replaced. */
describe.each(["thread", "process"] as const)("the SDK in a %s seat", (seat) => {
  let answer: Answer;
  const forge = useForge({
    seat,
    seats: 1,
    providers: [
      {
        ...providerOf((request, signal) => answer(request, signal)),
        embed: async ({ texts }) => ({
          vectors: texts.map(({ length }) => [length]),
          usage: { promptTokens: 1, completionTokens: 0 },
        }),
      },
    ],
    tools: {
      double: { description: "Doubles.", input: z.object({ n: z.number() }), run: ({ n }) => n * 2 },
    },
    policy: { models: ["m"], tools: { double: true }, maxCalls: 300, maxParallelCalls: 3 },
  });

  async function run(
    source: string,
    model: Answer,
    { onEvent = () => {}, ...options }: RunOptions & { onEvent?: (event: RunEvent) => void } = {},
  ): Promise<string> {
    answer = model;
    let outcome: Outcome | undefined;
    for await (const event of forge().stream(plugin(source), options)) {
      onEvent(event);
      if (event.type === "outcome") outcome = event.outcome;
    }
    return outcome === undefined ? expect.fail("there was no outcome") : outputOf(outcome);
  }

  /** Answers only once so many calls are under way. */
  function together(count: number): Answer {
    const all = deferred();
    let begun = 0;
    return async function* ({ prompt }) {
      begun += 1;
      if (begun === count) all.resolve();
      await all.promise;
      yield text(`answer to ${prompt}`);
      yield done;
    };
  }

  it("has the calls of a gather, tools among them, under way at the same time", async () => {
    const source = `
import asyncio
async def main():
    send_output(await asyncio.gather(*(sdk.call_ai_async("m", p) for p in "ab"), sdk.tools_async.double(n=4)))
asyncio.run(main())`;
    expect(await run(source, together(2))).toBe("['answer to a', 'answer to b', 8]");
  });

  it("makes many calls side by side, as many as policy says, and gives them back in order", async () => {
    let inFlight = 0;
    let most = 0;
    const three = deferred();
    const model: Answer = async function* ({ prompt }) {
      most = Math.max(most, ++inFlight);
      if (inFlight === 3) three.resolve();
      await three.promise;
      inFlight--;
      yield text(`${prompt}!`);
      yield done;
    };
    const source = `
import asyncio
calls = [("m", str(n)) for n in range(100)]
expected = [f"{n}!" for n in range(100)]
send_output(sdk.call_ai_many(calls) == expected)
send_output(asyncio.run(sdk.call_ai_many_async(calls)) == expected)`;
    expect(await run(source, model)).toBe("True\nTrue");
    expect(most).toBe(3);
  });

  it("gives the pieces of an answer while the model is still at it", async () => {
    const heard = deferred();
    const model: Answer = async function* () {
      yield text("a");
      await heard.promise;
      yield text("b");
      yield done;
    };
    const source = `
stream = sdk.stream_ai("m", "p")
first = next(stream)
sdk.progress(0.5, first)
send_output([first, "".join(stream)])`;
    const onEvent = (event: RunEvent) => void (event.type === "progress" && heard.resolve());
    expect(await run(source, model, { onEvent })).toBe("['a', 'b']");
  });

  it("can ask another model between two pieces, also where only one call is served at a time", async () => {
    const model: Answer = async function* ({ prompt }) {
      for (const piece of prompt === "stream" ? ["a", "b"] : [prompt.toUpperCase()]) yield text(piece);
      yield done;
    };
    const source = "send_output([call_ai('m', piece) for piece in sdk.stream_ai('m', 'stream')])";
    const answers = await run(source, model, { policy: { maxParallelCalls: 1 } });
    expect(["['A', 'B']", "['AB']"]).toContain(answers);
  });

  it("stops the model when a stream is left, and when a task is cancelled or too late", async () => {
    const stopped: string[] = [];
    const model: Answer = async function* ({ prompt }, signal) {
      yield text("a");
      await untilAborted(signal).catch((error) => {
        stopped.push(prompt);
        throw error;
      });
    };
    const source = `
import asyncio
for piece in sdk.stream_ai("m", "left"): break
async def main():
    try:
        async with asyncio.timeout(0.05): await sdk.call_ai_async("m", "too late")
    except TimeoutError: send_output("timeout")
    task = asyncio.create_task(sdk.call_ai_async("m", "cancelled"))
    async for piece in sdk.stream_ai_async("m", "left, too"): break
    task.cancel()
    await asyncio.wait([task])
    send_output(task.cancelled())
asyncio.run(main())
send_output("went on")`;
    expect(await run(source, model)).toBe("timeout\nTrue\nwent on");
    expect(stopped.sort()).toEqual(["cancelled", "left", "left, too", "too late"]);
  });

  it("lets other tasks go on while a call is under way", async () => {
    const ticked = deferred();
    const model: Answer = async function* () {
      await ticked.promise;
      yield text("answer");
      yield done;
    };
    const source = `
import asyncio
async def tick():
    for n in range(5): await asyncio.sleep(0.005)
    sdk.progress(1, "ticked")
async def main():
    send_output((await asyncio.gather(sdk.call_ai_async("m", "p"), tick()))[0])
asyncio.run(main())`;
    const onEvent = (event: RunEvent) => void (event.type === "progress" && ticked.resolve());
    expect(await run(source, model, { onEvent })).toBe("answer");
  });

  it("reads an answer of very many pieces, however it is read", async () => {
    const model: Answer = async function* () {
      for (let n = 0; n < 20_000; n++) yield text("x");
      yield done;
    };
    const source = `
import asyncio
async def main(): return len("".join([piece async for piece in sdk.stream_ai_async("m", "p")]))
send_output([len("".join(sdk.stream_ai("m", "p"))), asyncio.run(main()), len(call_ai("m", "p"))])`;
    const policy = { maxTokens: 1_000_000 };
    expect(await run(source, model, { policy })).toBe("[20000, 20000, 20000]");
  });

  it("gives models pictures and options, and plugins vectors and files", async () => {
    const asked: GenerateRequest[] = [];
    const model: Answer = async function* (request) {
      asked.push(request);
      yield text("seen");
      yield done;
    };
    const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff);
    const source = `
file = sdk.get_file()
send_output(call_ai("m", "p", system="s", images=[file, file.data], format={"type": "object"}, temperature=0, max_tokens=9))
send_output([file.name, sdk.embed("m", ["a", "bc"]), sdk.get_json()])`;
    const options = { input: "[1]", file: { name: "a.png", mediaType: "image/png", bytes } };
    expect(await run(source, model, options)).toBe("seen\n['a.png', [[1], [2]], [1]]");
    expect(asked).toMatchObject([
      {
        model: "m:latest",
        prompt: "p",
        system: "s",
        images: [bytes, bytes],
        format: { type: "object" },
        temperature: 0,
        maxTokens: 9,
      },
    ]);
  });

  it("tells a plugin which of its calls policy refuses, and keeps the others", async () => {
    const source = `
answers = sdk.call_ai_many([("m", "a"), ("other", "b"), ("m", "c" * 5_000)], return_errors=True)
send_output([getattr(each, "code", each) for each in answers])
try: sdk.stream_ai("other", "p")
except AIError as error: send_output(error.code)`;
    expect(await run(source, together(1))).toBe(
      "['answer to a', 'model_not_allowed', 'prompt_too_long']\nmodel_not_allowed",
    );
  });

  it("repeats a run with asyncio from its record, byte for byte", async () => {
    answer = together(1);
    const source = `
import asyncio, random, time
async def main():
    begin = time.monotonic()
    try:
        async with asyncio.timeout(5): answers = await asyncio.gather(*(sdk.call_ai_async("m", p) for p in "abc"))
    finally:
        await asyncio.sleep(1)
    send_output([answers, random.random(), time.time()])
asyncio.run(main())`;
    const first = await forge().run(plugin(source), { record: true });
    const again = await forge().replay(first.record);
    expect(outputOf(again)).toBe(outputOf(first));
  });
});

describe("the sample plugins, with the echo provider", async () => {
  const folder = new URL("../../../../examples/plugins/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".py"));
  const forge = useForge({
    seats: 1,
    providers: [echoProvider()],
    policy: { models: ["llama3.2:latest", "mistral:latest", "llava:latest"] },
  });
  const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

  it.each(names)("complete: %s", async (name) => {
    const source = await readFile(new URL(name, folder), "utf8");
    const outcome = await forge().run(
      { name: name.replace(".py", ""), source },
      {
        input: '{"task": "Count the words.", "text": ["one two", "three"]}',
        file: { name: "a.png", mediaType: "image/png", bytes: picture },
      },
    );
    expect(outputOf(outcome)).not.toBe("");
    expect(outcome.usage.calls).toBeGreaterThan(0);
  });
});
