// Runs a Python plugin that nobody has to trust, and shows what happened.

import { readFile } from "node:fs/promises";
import { encodeReply, ProtocolError, parseCall, protocolErrorReply } from "@wasmforge/bridge";
import { chooseRuntime } from "@wasmforge/python-runtime";

const plugin = await readFile(new URL("plugin.py", import.meta.url), "utf8");

const runtime = await chooseRuntime();
const artifact = await runtime.compile({ memoryMb: 64 });
const instance = await runtime.open(artifact, {
  // The only way out of the sandbox: the host decides what each call may do.
  door: (op, payload) => encodeReply(answer(op, payload)),
  print: (stream, chunk) => console.log(`${stream}:   ${new TextDecoder().decode(chunk).trimEnd()}`),
});

/** @param {string} op @param {Uint8Array} payload @returns {import("@wasmforge/bridge").Reply} */
function answer(op, payload) {
  try {
    const call = parseCall(op, payload);
    if (call.op !== "send_output")
      return { error: { code: "denied", message: `${call.op} is not offered here` } };
    console.log(`output:   ${call.text}`);
    return { ok: null };
  } catch (error) {
    if (error instanceof ProtocolError) return protocolErrorReply(error);
    throw error;
  }
}

/** @param {string} source @param {string} input */
async function run(source, input) {
  const started = performance.now();
  const end = await instance.run({ source, fileName: "plugin.py", input, maxPrintBytes: 100_000 });
  const milliseconds = (performance.now() - started).toFixed(2);
  // Whatever the plugin did to its interpreter is undone before the next one runs.
  await instance.reset();
  return { end, milliseconds };
}

console.log(`runtime:  ${runtime.name}\n`);

const good = await run(plugin, "[1, 2, 3, 4]");
console.log(`ended:    ${good.end.kind} after ${good.milliseconds} ms\n`);

const again = await run(plugin, "[40, 2]");
console.log(`ended:    ${again.end.kind} after ${again.milliseconds} ms, in a fresh interpreter\n`);

const bad = await run("import os\nprint(open('/etc/passwd').read())", "");
if (bad.end.kind === "raised") {
  const { type, message, line } = bad.end.error;
  console.log(`a plugin that wanted a file of the host: ${type} in line ${line}: ${message}`);
}
instance.close();
