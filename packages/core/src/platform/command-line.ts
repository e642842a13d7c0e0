#!/usr/bin/env node
/** The `wasmforge` command in a process of its own. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { runCommandLine } from "../cli/command-line.js";
import type { Stream, Terminal } from "../cli/terminal.js";

const interrupt = new AbortController();
// The first one stops the plugin and tells how far it came; the second one ends this process as usual.
process.once("SIGINT", () => interrupt.abort());

// Who reads our output may leave before it ends (`wasmforge … | head`).
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") interrupt.abort();
    else throw error;
  });
}

const terminal: Terminal = {
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  readFile: (path) => readFile(path),
  readStdin: () => buffer(process.stdin),
  load: (name) => import(name),
  environment: process.env,
  nodeVersion: process.versions.node,
  signal: interrupt.signal,
};

const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));

process.exitCode = await runCommandLine(process.argv.slice(2), terminal, version);

function streamOf(stream: NodeJS.WriteStream): Stream {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 80;
    },
  };
}
