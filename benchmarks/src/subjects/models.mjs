import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createForge } from "@wasmforge/core";
import { ollama } from "@wasmforge/ollama-adapter";
import { expectedAnswer } from "../work/plugin.mjs";

/** @import { Outcome } from "@wasmforge/core" */
/** @import { OllamaOptions } from "@wasmforge/ollama-adapter" */
/** @import { Subject } from "../types.js" */

const model = "llama3.2:latest";
const prompt = "a short question";
const longTokens = 10_000;

/** Times its calls itself: what is measured is what a plugin waits. */
const calls = {
  name: "calls",
  source: `from time import perf_counter
from platform_sdk import call_ai, get_input, send_output
count = int(get_input())
call_ai("${model}", "${prompt}")
started = perf_counter()
for _ in range(count):
    call_ai("${model}", "${prompt}")
send_output((perf_counter() - started) / count * 1e3)
`,
};
const brief = {
  name: "once",
  source: `from platform_sdk import call_ai, send_output
send_output(len(call_ai("${model}", "${prompt}")))
`,
};

/**
 * How many runs want a slow model at once; of eleven, one tenant sends ten. The model is being loaded while they come, so that
 * all of them wait when it begins to answer.
 */
const crowd = { runs: 200, tokens: 5, tokenMs: 40, parallel: 4, loadMs: 20_000 };

/** A plugin's calls, all the way: Python, sandbox, gate, adapter, HTTP. @returns {Promise<Subject>} */
export async function openForge() {
  const [shortUrl, longUrl] = await Promise.all([startServer(1), startServer(longTokens)]);
  const [forgeShort, forgeLong] = await Promise.all([openForgeAt(shortUrl), openForgeAt(longUrl)]);
  return {
    run: async () => expectedAnswer,
    async measure(what, amount) {
      switch (what) {
        case "call":
          return [Number(outputOf(await forgeShort.run(calls, { input: String(amount) })))];
        case "stream":
          return [Number(outputOf(await forgeLong.run(calls, { input: String(amount) })))];
        case "crowd":
          return measureCrowd();
        default:
          throw new Error(`there is no ${what} to measure`);
      }
    },
  };
}

/** The same requests as plain as can be. @returns {Promise<Subject>} */
export async function openRaw() {
  const [shortUrl, longUrl] = await Promise.all([startServer(1), startServer(longTokens)]);
  return {
    run: async () => expectedAnswer,
    async measure(what, amount) {
      const url = what === "call" ? shortUrl : longUrl;
      await askRaw(url);
      const started = performance.now();
      for (let done = 0; done < amount; done += 1) await askRaw(url);
      return [(performance.now() - started) / amount];
    },
  };
}

/** @param {string} url */
async function askRaw(url) {
  const response = await fetch(`${url}/api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content: prompt }], stream: true, options: {} }),
  });
  if (response.body === null) throw new Error("the server answered nothing");
  let text = "";
  let rest = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) text += JSON.parse(line).message.content;
  }
  return text;
}

/**
 * Many runs on a slow model at once. Gives the 99th percentile of the event loop's delay in ms, how many answers the tenant
 * with fewer runs had for each of the other's while both waited, the growth of the host's heap in MB, and for which share of
 * the time the event loop's thread waited for a processor.
 */
async function measureCrowd() {
  const { runs, tokens, tokenMs, parallel, loadMs } = crowd;
  const forge = await openForgeAt(await startServer(tokens, tokenMs, parallel, loadMs), runs);
  globalThis.gc?.();
  const before = heapBytes();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, heapBytes());
  }, 50);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const [started, deniedBefore] = [performance.now(), await deniedMs()];
  delay.enable();
  /** @type {string[]} */
  const ended = [];
  await Promise.all(
    Array.from({ length: runs }, async (_, at) => {
      const tenant = at % 11 === 10 ? "quiet" : "loud";
      outputOf(await forge.run(brief, { tenant }));
      ended.push(tenant);
    }),
  );
  delay.disable();
  const denied = ((await deniedMs()) - deniedBefore) / (performance.now() - started);
  clearInterval(watch);
  await forge.close();
  const whileBoth = ended.slice(0, ended.lastIndexOf("quiet") + 1);
  const quiet = whileBoth.filter((tenant) => tenant === "quiet").length;
  const share = quiet / (whileBoth.length - quiet);
  return [delay.percentile(99) / 1e6, share, (most - before) / 2 ** 20, denied];
}

/** How long this thread was ready to run, and others ran. Only Linux tells. */
async function deniedMs() {
  const said = await readFile("/proc/self/schedstat", "utf8").catch(() => "");
  return Number(said.split(" ")[1]) / 1e6;
}

function heapBytes() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * @param {string} url
 * @param {number} [seats]
 */
async function openForgeAt(url, seats) {
  /** @type {OllamaOptions} */
  const options =
    seats === undefined ? { host: url } : { host: url, maxParallelPerHost: crowd.parallel, maxQueue: seats };
  return createForge({
    providers: [ollama(options)],
    policy: {
      models: [model],
      maxCalls: 1_000_000,
      maxTokens: 1_000_000_000,
      maxCallsPerMinute: { plugin: 100_000_000, tenant: 100_000_000 },
    },
    limits: { callBytesTotal: 2 ** 30, wallTimeMs: 300_000, queueMs: 300_000, computeMs: 300_000 },
    ...(seats === undefined ? {} : { seats, pool: { warmUpMs: 0, spares: 0 } }),
  });
}

/** @param {number[]} settings tokens, milliseconds for each, answers at a time, milliseconds to load */
async function startServer(...settings) {
  const server = fork(new URL("../work/model-server.mjs", import.meta.url), settings.map(String), {
    execArgv: [],
  });
  const [url] = await once(server, "message");
  return String(url);
}

/** @param {Outcome} outcome */
function outputOf(outcome) {
  if (outcome.status === "completed") return outcome.output;
  throw new Error(`the plugin ended badly: ${JSON.stringify(outcome)}`);
}
