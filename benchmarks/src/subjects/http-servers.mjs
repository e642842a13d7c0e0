import { execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { expectedAnswer } from "../work/plugin.mjs";

/** @import { Subject } from "../types.js" */

const example = fileURLToPath(new URL("../../../examples/express-server/", import.meta.url));
const tsup = fileURLToPath(new URL("../../../node_modules/.bin/tsup", import.meta.url));

const path = "/api/plugins/run";
const form = { "content-type": "application/x-www-form-urlencoded" };
const trivial = { name: "trivial", source: 'print("hello")\n', output: "hello" };
const talkative = {
  name: "talkative",
  source: 'from platform_sdk import send_output\nfor n in range(10): print(n)\nsend_output("end")\n',
};

/** Answers that a server may give when it has too much to do, and documents. */
const refusals = [429, 503];

/** The example's server as it is run: built, a process of its own, with its embedded database. @returns {Promise<Subject>} */
export async function openServer() {
  const url = await startServer();
  await Promise.all([trivial, talkative].map((plugin) => upload(url, plugin)));
  return measuring(url, `plugin_name=${trivial.name}&input_data=x`);
}

/** @returns {Promise<Subject>} */
export async function openBareExpress() {
  const server = fork(new URL("../work/bare-express.mjs", import.meta.url), { execArgv: [] });
  const [url] = await once(server, "message");
  return measuring(String(url), "plugin_name=none&input_data=x");
}

/**
 * @param {string} url
 * @param {string} body
 * @returns {Subject}
 */
function measuring(url, body) {
  return {
    run: async () => expectedAnswer,
    async measure(what, amount) {
      switch (what) {
        case "one at a time":
          return measureLatency(url, body, amount);
        case "throughput":
          return [(await load(url, body, { connections: 32, seconds: amount })).perSecond];
        case "crowd": {
          const { p50, p99, served, refused, failed } = await load(url, body, {
            connections: 500,
            seconds: amount,
          });
          return [p50, p99, served, refused, failed];
        }
        case "streams":
          return Promise.all(Array.from({ length: amount }, () => measureStream(url)));
        default:
          throw new Error(`there is no ${what} to measure`);
      }
    },
  };
}

/**
 * Milliseconds of each request, one after the other on one connection. Finer than a load generator's, which counts whole
 * milliseconds.
 * @param {string} url
 * @param {string} body
 * @param {number} times
 */
async function measureLatency(url, body, times) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const samples = [];
  for (let done = 0; done < times; done += 1) {
    const started = performance.now();
    const answer = await post(agent, url + path, body);
    samples.push(performance.now() - started);
    if (JSON.parse(answer).output !== trivial.output) throw new Error(`the server answered wrong: ${answer}`);
  }
  agent.destroy();
  return samples;
}

/**
 * @param {http.Agent} agent
 * @param {string} address
 * @param {string} body
 * @returns {Promise<string>}
 */
function post(agent, address, body) {
  return new Promise((resolve, reject) => {
    const headers = { ...form, "content-length": Buffer.byteLength(body) };
    const request = http.request(address, { agent, method: "POST", headers }, (response) => {
      let answer = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        answer += chunk;
      });
      response.on("end", () => resolve(answer));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

/**
 * As many requests as there is room for.
 * @param {string} url
 * @param {string} body
 * @param {{ connections: number, seconds: number }} how
 */
async function load(url, body, { connections, seconds }) {
  const result = await autocannon({
    url: url + path,
    method: "POST",
    headers: form,
    body,
    connections,
    duration: seconds,
    timeout: 60,
  });
  const statuses = Object.entries(result.statusCodeStats ?? {});
  const count = (/** @type {(status: number) => boolean} */ fits) =>
    statuses.reduce((sum, [status, { count = 0 }]) => sum + (fits(Number(status)) ? count : 0), 0);
  const served = count((status) => status === 200);
  return {
    p50: result.latency.p50,
    p99: result.latency.p99,
    served,
    refused: count((status) => refusals.includes(status)),
    failed: result.errors + count((status) => status !== 200 && !refusals.includes(status)),
    perSecond: served / result.duration,
  };
}

/**
 * Milliseconds until a run's stream of events has ended as it should.
 * @param {string} url
 */
async function measureStream(url) {
  const started = performance.now();
  const response = await fetch(`${url}${path}/stream`, {
    method: "POST",
    headers: form,
    body: `plugin_name=${talkative.name}`,
  });
  const events = await response.text();
  if (!events.includes('"status":"completed"'))
    throw new Error(`a stream ended badly: ${events.slice(0, 500)}`);
  return performance.now() - started;
}

/**
 * @param {string} url
 * @param {{ name: string, source: string }} plugin
 */
async function upload(url, { name, source }) {
  const body = new FormData();
  body.append("file", new File([source], `${name}.py`));
  const response = await fetch(`${url}/api/plugins/upload`, { method: "POST", body });
  if (response.status !== 200) throw new Error(`the upload failed: ${await response.text()}`);
}

/** Built beside the usual build, which somebody may be using. */
async function startServer() {
  const built = `dist.test-${process.pid}`;
  execFileSync(tsup, ["--out-dir", built], { cwd: example, stdio: "ignore" });
  const dataFolder = mkdtempSync(join(tmpdir(), "bench-server-"));
  const server = spawn(process.execPath, [join(example, built, "main.js")], {
    cwd: dataFolder,
    env: { PATH: process.env.PATH, PORT: "0", DATA_DIR: dataFolder, DEMO_MODELS: "on" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => {
    server.kill("SIGKILL");
    rmSync(join(example, built), { recursive: true, force: true });
    rmSync(dataFolder, { recursive: true, force: true });
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const { msg, url } = JSON.parse(line);
    if (msg === "ready") {
      // Its log goes on, and must not fill the pipe.
      server.stdout.resume();
      return String(url);
    }
  }
  throw new Error("the server did not start");
}
