/**
 * A model server in a process of its own, so that its work is in nobody's figures. It says where it is, and ends with
 * whoever started it.
 *
 *   fork("model-server.mjs", [TOKENS, MILLISECONDS_EACH, PARALLEL, MILLISECONDS_TO_LOAD])
 */
import { createModelServer } from "@wasmforge/model-server";

const [tokens = 1, tokenMs = 0, parallel = 64, loadMs = 0] = process.argv.slice(2).map(Number);
const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
const answer = { tokens: Array.from({ length: tokens }, (_, at) => ` token${at}`) };

const server = await createModelServer({
  answer: () => answer,
  parallel,
  ...(tokenMs > 0 ? { beforeToken: () => wait(tokenMs).then(() => {}) } : {}),
  ...(loadMs > 0 ? { load: () => wait(loadMs).then(() => {}) } : {}),
});
process.on("disconnect", () => process.exit());
process.send?.(server.url);
