/** The thread of a seat that resumes whatever it is sent, and then says whether it is still a good seat. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { forgedRuntime } from "../platform/runtimes.js";
import type { Artifact, Instance, RunEnd } from "../port.js";

export interface ResumeAnswer {
  /** How the resumed run ended; what `run` or `resume` threw, which is a fault of ours, where it did. */
  readonly end: RunEnd["kind"] | { readonly fault: string };
  readonly reset: "clean" | "replace";
  /** What a run printed after the reset, and how many bytes a checkpoint had before it. */
  readonly next: string;
  readonly leftOver: number;
}

const { artifact, source } = workerData as { readonly artifact: Artifact; readonly source: string };
const port = parentPort as MessagePort;
const runtime = forgedRuntime();
const request = { fileName: "p.py", input: "", maxPrintBytes: 1_000_000 };
let printed = "";
let instance: Instance | undefined;

port.on("message", async (delta: Uint8Array) => port.postMessage(await answer(delta)));

async function answer(delta: Uint8Array): Promise<ResumeAnswer> {
  instance ??= await open();
  const end = await resumed(instance, delta);
  const reset = await instance.reset();
  if (reset === "replace") instance = await open();
  const checkpoint = instance.checkpoint?.();
  printed = "";
  await instance.run({
    ...request,
    source: "import json, re\nprint(json.dumps([sum(range(1000)), re.findall('b', 'abc')]))",
  });
  const next = printed;
  await instance.reset();
  return { end, reset, next, leftOver: checkpoint?.kind === "taken" ? checkpoint.delta.length : -1 };
}

async function resumed(into: Instance, delta: Uint8Array): Promise<ResumeAnswer["end"]> {
  try {
    into.resume?.(delta);
    const { kind } = await into.run({ ...request, source, keepMain: true });
    into.checkpoint?.();
    return kind;
  } catch (error) {
    return { fault: String(error instanceof Error ? error.stack : error) };
  }
}

function open(): Promise<Instance> {
  return runtime.open(artifact, {
    door: () => new TextEncoder().encode('{"ok":null}'),
    print: (_stream, chunk) => {
      printed += new TextDecoder().decode(chunk);
    },
  });
}
