import { ProviderError } from "@wasmforge/bridge";
import * as toolkit from "@wasmforge/providers/toolkit";

const limits = { maxLineBytes: 1_000_000, maxBytes: 100_000_000, maxValues: 10_000 };

/**
 * A provider for a server that answers `POST /complete` with lines of JSON, `{"text": "…"}` and at last `{"tokens": 7}`.
 *
 * @param {string} address
 * @param {toolkit.DispatchOptions} [options]
 * @returns {import("@wasmforge/bridge").Provider}
 */
export function ownProvider(address, options = {}) {
  const { url, headers } = toolkit.parseEndpoint(address);
  const transport = toolkit.nodeTransport();
  const dispatcher = toolkit.createDispatcher([{ url, headers }], {
    ...toolkit.parseDispatchOptions("ownProvider()", options),
    probe: (_host, signal) => listModels(signal),
  });

  /** @param {string} path @param {object} content @param {AbortSignal} signal */
  async function post(path, content, signal) {
    const body = JSON.stringify(content);
    const response = await transport.send({ method: "POST", url: url + path, headers, body, signal });
    if (response.status !== 200) throw await toolkit.toResponseError(response);
    return response;
  }

  /** @param {AbortSignal} signal */
  async function listModels(signal) {
    const { models } = await toolkit.readJsonObject(await post("/models", {}, signal), limits);
    return toolkit.toList(models).flatMap((name) => toolkit.toShortText(name) ?? []);
  }

  /** @param {import("@wasmforge/bridge").GenerateRequest} request @param {toolkit.Turn} turn */
  async function* attempt({ model, prompt }, { scope, queueMs }) {
    const response = await post("/complete", { model, prompt }, scope.signal);
    const answer = new toolkit.AnswerParts();
    let tokens;
    try {
      for await (const lines of toolkit.readLines(response.body, limits)) {
        for (const line of lines.map(parseLine)) {
          answer.addText(typeof line.text === "string" ? line.text : "");
          tokens ??= toolkit.toCount(line.tokens);
        }
        yield* answer.take();
      }
    } finally {
      response.discard();
    }
    if (tokens === undefined) throw toolkit.malformed("the answer ends before it is done");
    answer.end("stop", { promptTokens: toolkit.guessTokens(prompt), completionTokens: tokens, queueMs });
    yield* answer.take();
  }

  return {
    version: 1,
    name: "own",
    generate: (request, context) => dispatcher.run({ context, send: (turn) => attempt(request, turn) }),
    models: async ({ signal }) =>
      (await toolkit.untilAborted(listModels(signal), signal)).map((name) => ({
        name,
        kind: "text",
        description: "",
        available: true,
      })),
    health: async ({ signal }) => {
      try {
        await toolkit.untilAborted(listModels(signal), signal);
        return { status: "connected", message: "well", url };
      } catch (error) {
        if (signal.aborted) throw error;
        return { status: "disconnected", message: "does not answer", url };
      }
    },
    async [Symbol.asyncDispose]() {
      dispatcher.close();
      await transport[Symbol.asyncDispose]();
    },
  };
}

/** @param {string} line @returns {toolkit.Fields} */
function parseLine(line) {
  try {
    const fields = toolkit.toFields(JSON.parse(line));
    if (!("error" in fields)) return fields;
  } catch (error) {
    throw toolkit.malformed("a line is no JSON", error);
  }
  throw new ProviderError("unavailable", "the model server failed in the midst of its answer");
}
