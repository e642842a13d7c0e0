/** An instance that does to its seat what a guest never can, unless it has broken out of WebAssembly. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Instance, InstanceHost } from "@wasmforge/python-runtime";

type Deed = (host: InstanceHost) => unknown;

const deeds: Record<string, Deed> = {
  "nothing special": () => {},
  "fill the heap": () => {
    const kept: unknown[] = [];
    for (;;) kept.push({ kept: [...kept.slice(-100)] });
  },
  leave: () => process.exit(0),
  abort: () => process.abort(),
  "kill itself": () => process.kill(process.pid, "SIGKILL"),
  "crash the engine": () => process.kill(process.pid, "SIGSEGV"),
  "write on the line": () => writeSync(3, Buffer.alloc(100, 0xee)),
  loop: () => {
    for (;;);
  },
  "look around": (host) => host.print("stdout", new TextEncoder().encode(JSON.stringify(whatIsAllowed()))),
};

function whatIsAllowed(): Record<string, unknown> {
  return {
    environment: { ...process.env },
    "read a file": attempt(() => readFileSync("/etc/hostname")),
    "read a folder": attempt(() => readdirSync("/")),
    "read its own command": attempt(() => readFileSync("/proc/self/cmdline")),
    "write a file": attempt(() => writeFileSync(join(tmpdir(), "wasmforge-wrote-this"), "")),
    "start a process": attempt(() => spawnSync("/bin/true")),
    "start a thread": attempt(() => new Worker("", { eval: true })),
    "make code of text": attempt(() => new Function("return 1")()),
    "use Node's inside": attempt(() =>
      (process as unknown as { binding(name: string): unknown }).binding("fs"),
    ),
  };
}

function attempt(act: () => unknown): string {
  try {
    act();
    return "allowed";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).name;
  }
}

export function madInstance(host: InstanceHost): Instance {
  return {
    async run({ source }) {
      await deeds[String(source)]?.(host);
      return { kind: "completed" };
    },
    reset: async () => "clean",
    usage: () => ({ peakMemoryBytes: 0 }),
    close() {},
  };
}
