/** A host app of its own, to see what becomes of it and its seats. Arguments: what to do, the kind of seats, how they end. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { forgedRuntime } from "@wasmforge/python-runtime";
import { dyingWithHost } from "../platform/dying-with-host.js";
import { processSeats } from "../platform/process-line.js";
import { readableFolders } from "../platform/readable-folders.js";
import { threadSeats } from "../platform/thread-line.js";
import { resolvePoolOptions } from "../pool/pool-options.js";
import { SeatPool } from "../pool/seat-pool.js";

const [what, kind, ending] = process.argv.slice(2);
const program = join(fileURLToPath(new URL(".", import.meta.url)), `seat-${kind}.js`);
const artifact = await forgedRuntime().compile({ memoryMb: 64 });
const { imageHash } = artifact;
const launcher = ending === "with-host" ? await dyingWithHost() : [];
const setup = {
  runtime: "forged",
  imageHash,
  memoryMb: 64,
  warmUpMs: 0,
  endsWithHost: ending === "with-host",
} as const;

const pids: number[] = [];
const pool = await SeatPool.open(
  { name: "forged", imageHash },
  {
    ...resolvePoolOptions({ seats: 1, spares: 1 }, 1),
    onSeatEvent(event) {
      if (event.type === "started" && event.pid) pids.push(event.pid);
    },
  },
  kind === "thread"
    ? threadSeats({ program, artifact, warmUpMs: 0 })
    : processSeats({ program, readable: readableFolders(program), launcher, setup }),
);

const run = (source: string, wallTimeMs = 60_000) =>
  pool.run({
    request: { source, fileName: "plugin.py", input: "", maxPrintBytes: 1000 },
    tenant: "anybody",
    wallTimeMs,
    computeMs: 60_000,
    door: async () => ({ stop: "aborted" }),
    print: (_, chunk) => void process.stdout.write(chunk),
    onStarted: () => void setTimeout(() => console.log(JSON.stringify({ pids })), 100),
  });

switch (what) {
  case "is killed while a guest loops":
    await run("while True: pass", 1000);
    break;
  case "is killed while nothing runs":
    await run("pass");
    setInterval(() => {}, 1e6);
    break;
  case "has nothing more to do":
    await run("print('done')");
    break;
  case "waits for a run":
    void run("import time\ntime.sleep(0.3)\nprint('done')");
    break;
}
