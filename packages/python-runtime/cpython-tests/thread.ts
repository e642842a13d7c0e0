/** The thread that test modules run in, each in an instance of its own. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { forgedRuntime } from "../src/platform/runtimes.js";
import type { Artifact, RunEnd, RunRequest } from "../src/port.js";
import { type SourceTree, toGuestTree } from "./source-tree.js";

export interface ThreadData {
  readonly artifact: Artifact;
  readonly sources: SourceTree;
  readonly program: string;
}

/** What to run, and how; run_module.py says what its parts mean. */
export interface Assignment {
  readonly module: string;
  readonly leftOut: readonly string[];
  readonly standIns: readonly string[];
  readonly claims: readonly string[];
}

export type FromThread =
  | { readonly type: "said"; readonly what: string; readonly text: string }
  | { readonly type: "printed"; readonly text: string }
  | { readonly type: "ended"; readonly broken: string | undefined };

const { artifact, sources, program } = workerData as ThreadData;
const port = parentPort as MessagePort;
const post = (message: FromThread) => port.postMessage(message);
const runtime = forgedRuntime();

port.on("message", async (assignment: Assignment) => {
  const broken = await runModule(assignment).then(howItBroke, (error) => String(error?.stack ?? error));
  post({ type: "ended", broken });
});

async function runModule(assignment: Assignment): Promise<RunEnd> {
  const decoder = new TextDecoder();
  const instance = await runtime.open(artifact, {
    door: (what, text) => {
      post({ type: "said", what, text: decoder.decode(text) });
      return new Uint8Array();
    },
    print: (_stream, chunk) => post({ type: "printed", text: decoder.decode(chunk) }),
  });
  try {
    return await instance.run({
      source: program,
      fileName: "run_module.py",
      input: JSON.stringify(assignment),
      maxPrintBytes: Number.MAX_SAFE_INTEGER,
      // Beyond the port, which grants plugins only files to read: the tests need to write, and the layer below can.
      files: toGuestTree(sources) as unknown as NonNullable<RunRequest["files"]>,
    });
  } finally {
    instance.close();
  }
}

function howItBroke(end: RunEnd): string | undefined {
  switch (end.kind) {
    case "completed":
      return undefined;
    case "raised":
      return end.error.traceback || end.error.type;
    case "crashed":
      return end.message;
    default:
      return JSON.stringify(end);
  }
}
