/** The thread that test modules run in, each in a guest of its own. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { ForgedArtifact } from "../src/forged/artifact.js";
import { createGuestMemory } from "../src/forged/compile.js";
import { Guest } from "../src/forged/guest.js";
import { GuestAborted } from "../src/forged/host-functions.js";
import { librarySupplies } from "../src/forged/library-supplies.js";
import { openLibrary } from "../src/forged/shared-library.js";
import { pageIn } from "../src/forged/tables.js";
import { instantiateRestorer } from "../src/image/restorer.js";
import { node } from "../src/platform/node.js";
import { parseRunReport } from "../src/run-report.js";
import { ExitSignal } from "../src/wasi/index.js";
import { type SourceTree, toGuestTree } from "./source-tree.js";

export interface ThreadData {
  readonly artifact: ForgedArtifact;
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

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const library = openLibrary(node, artifact.library);

function runModule(assignment: Assignment): string | undefined {
  const supplies = new Map([
    ["source", program],
    ["encoding", "utf-8"],
    ["file", "run_module.py"],
    ["asked", JSON.stringify(assignment)],
  ]);
  const fromLibrary = librarySupplies(() => library);
  const memory = createGuestMemory(artifact);
  const restorer = instantiateRestorer(artifact.restorer, memory);
  let report = new Uint8Array();
  const guest = new Guest({
    module: artifact.module,
    memory,
    powers: node.powers,
    door: (what, text) => {
      post({ type: "said", what, text: decoder.decode(text) });
      return new Uint8Array();
    },
    supply: (name) => {
      const own = supplies.get(name);
      return own === undefined ? fromLibrary(name) : encoder.encode(own);
    },
    end: (bytes) => {
      report = bytes.slice();
    },
    pageIn: (table) => pageIn(memory, library, artifact.tables, table),
  });
  guest.wasi.begin({
    print: (_stream, chunk) => post({ type: "printed", text: decoder.decode(chunk) }),
    clock: "live",
    random: "live",
    files: toGuestTree(sources),
  });
  restorer.restore();
  guest.stackPointer = artifact.stackPointer;
  try {
    guest.exports.forge_run();
  } catch (thrown) {
    return describe(thrown);
  } finally {
    guest.wasi.end();
  }
  const end = parseRunReport(report);
  if (end.kind === "completed") return undefined;
  return end.kind === "raised" ? end.error.traceback || end.error.type : JSON.stringify(end);
}

function describe(thrown: unknown): string {
  if (thrown instanceof ExitSignal) return `the interpreter exited with code ${thrown.code}`;
  if (thrown instanceof GuestAborted) return thrown.message;
  return thrown instanceof Error ? String(thrown.stack) : String(thrown);
}

port.on("message", (assignment: Assignment) => post({ type: "ended", broken: runModule(assignment) }));
