/** What a folder of probes asks of the host: canaries that must not be found, and a model server that counts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Provider } from "@wasmforge/core";
import { modelProvider } from "./model-provider.js";

export interface ProbeHost extends AsyncDisposable {
  /** Asks the model server. */
  readonly provider: Provider;
  /** The canaries' texts: nobody may see them. */
  readonly secrets: readonly string[];
  /** Requests that reached the model server so far. */
  modelRequests(): number;
  /** What it has answered so far. */
  modelReplies(): readonly string[];
  /** Replaces `{canary_file}` and `{port}` in an input. */
  fillIn(input: unknown): unknown;
  /** What is wrong with the canaries, if anything. */
  damage(): string | undefined;
}

export async function createProbeHost(setup: readonly string[]): Promise<ProbeHost> {
  const asked = setup.join("\n");
  const [, variable = "HOST_CANARY", variableText = "CANARY-ENV"] = /\benv (\w+)=(\S+)/.exec(asked) ?? [];
  const [, fileText = "CANARY-FILE"] = /\{canary_file\} names holds (\S+)/.exec(asked) ?? [];
  const [, prefix = "ECHO:", length = "200"] = /answers (\S*?)<first (\d+) characters/.exec(asked) ?? [];
  const [, failStatus = "500", failWord = "FAIL500"] =
    /HTTP (\d+) when the prompt contains (\w+)/.exec(asked) ?? [];

  const previous = process.env[variable];
  process.env[variable] = variableText;
  const folder = mkdtempSync(join(tmpdir(), "probe-host-"));
  const canaryFile = join(folder, "canary.txt");
  writeFileSync(canaryFile, fileText);

  let requests = 0;
  const replies: string[] = [];
  const server = createServer((request, response) => {
    requests += 1;
    text(request)
      .then((body) => {
        const { prompt = "" } = JSON.parse(body || "{}") as { prompt?: string };
        // A connection that is kept would look like one that was left behind.
        response.setHeader("connection", "close");
        if (prompt.includes(failWord)) {
          response.writeHead(Number(failStatus)).end('{"error":"asked to fail"}');
          return;
        }
        const reply = prefix + prompt.slice(0, Number(length));
        replies.push(reply);
        response.end(JSON.stringify({ response: reply }));
      })
      .catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as AddressInfo).port;

  return {
    provider: modelProvider(`http://127.0.0.1:${port}`),
    secrets: [variableText, fileText],
    modelRequests: () => requests,
    modelReplies: () => replies,
    fillIn: (input) => fill(input, { "{canary_file}": canaryFile, "{port}": String(port) }),
    damage() {
      if (process.env[variable] !== variableText) return `the environment variable ${variable} was changed`;
      if (readFileSync(canaryFile, "utf8") !== fileText) return "the canary file was changed";
      return undefined;
    },
    async [Symbol.asyncDispose]() {
      if (previous === undefined) delete process.env[variable];
      else process.env[variable] = previous;
      rmSync(folder, { recursive: true });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function fill(value: unknown, words: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") {
    return Object.entries(words).reduce((filled, [word, by]) => filled.replaceAll(word, by), value);
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, words));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, words)]));
}
