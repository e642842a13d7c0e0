import { once } from "node:events";
import { createServer } from "node:http";

const line = (/** @type {object} */ value) => `${JSON.stringify(value)}\n`;

const refusals = { busy: 503, unauthorized: 401, redirects: 307 };

/** @param {import("node:http").ServerResponse} response */
const finishWell = (response) => response.end(line({ tokens: 2 }));

/** What the server does instead of finishing its answer, once two pieces of it are out. */
const faults = {
  stalls: () => {},
  cut: (/** @type {import("node:http").ServerResponse} */ response) => response.end(),
  reset: (/** @type {import("node:http").ServerResponse} */ response) => response.socket?.resetAndDestroy(),
  fails: (/** @type {import("node:http").ServerResponse} */ response) =>
    response.end(line({ error: "boom" })),
  malformed: (/** @type {import("node:http").ServerResponse} */ response) => response.end("nonsense\n"),
  huge: (/** @type {import("node:http").ServerResponse} */ response) => response.end("x".repeat(100_000_000)),
};

/** A server for the tests of `own-provider.mjs`, which can be brought into every situation of the contract's suite. */
export async function startOwnServer(
  /** @type {import("@wasmforge/bridge/provider-contract").Situation | "well"} */ situation,
) {
  /** @type {Promise<unknown>[]} */
  const answers = [];
  const server = createServer(async (request, response) => {
    const closed = once(response, "close");
    answers.push(closed);
    server.emit("asked");
    let body = "";
    for await (const chunk of request) body += chunk;
    const { model, prompt } = JSON.parse(body);
    const status = refusals[/** @type {keyof typeof refusals} */ (situation)];
    if (situation === "silent") {
      await closed;
    } else if (status !== undefined) {
      response.writeHead(status, { location: "http://127.0.0.1:9" }).end();
    } else if (request.url === "/models") {
      response.end(JSON.stringify({ models: ["parrot:latest"] }));
    } else if (model !== "parrot:latest") {
      response.writeHead(404).end();
    } else {
      response.write(line({ text: "You said: " }) + line({ text: prompt }));
      while (situation === "endless" && !response.destroyed) {
        if (!response.write(line({ text: "and on " }))) await Promise.race([once(response, "drain"), closed]);
      }
      const finish = faults[/** @type {keyof typeof faults} */ (situation)] ?? finishWell;
      finish(response);
    }
  });
  const asked = once(server, "asked");
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  if (situation === "down") await close();
  return { url: `http://127.0.0.1:${address.port}`, answers, asked, close };
}
