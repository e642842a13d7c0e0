import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Reply, Request } from "./worker-messages.js";
import { WorkerStream } from "./worker-stream.js";

/**
 * PostgreSQL in a worker, with its files in a folder of ours.
 *
 * It is absent, running or closed. A worker that dies makes it absent: its connection ends as if a server had gone
 * away, and the next connection starts another worker, which recovers from the log that PostgreSQL keeps.
 */
export class EmbeddedDatabase {
  #running: { readonly worker: Worker; readonly opened: Promise<void> } | undefined;
  #connection: { readonly number: number; readonly stream: WorkerStream } | undefined;
  #connections = 0;
  #closed = false;

  constructor(
    private readonly folder: string,
    private readonly createWorker = createDatabaseWorker,
  ) {}

  /** There is one at a time; the pool sees to that. */
  connect(): WorkerStream {
    if (this.#closed) throw new Error("The database was closed.");
    this.#running ??= this.#start();
    const { worker, opened } = this.#running;
    this.#connections += 1;
    const number = this.#connections;
    const stream = new WorkerStream(opened, (bytes) =>
      post(worker, { kind: "bytes", connection: number, bytes }),
    );
    this.#connection = { number, stream };
    stream.once("close", () => {
      if (this.#connection?.stream === stream) this.#connection = undefined;
      if (this.#running?.worker === worker && !this.#closed) post(worker, { kind: "hang_up" });
    });
    return stream;
  }

  /** Idempotent. What was committed is kept, whether this is called or not. */
  async close(): Promise<void> {
    const worker = this.#running?.worker;
    if (worker === undefined) {
      this.#closed = true;
      return;
    }
    const ended = once(worker, "exit");
    if (!this.#closed) post(worker, { kind: "close" });
    this.#closed = true;
    await ended;
  }

  #start() {
    const worker = this.createWorker(this.folder);
    let cause: unknown;
    const opened = new Promise<void>((resolve, reject) => {
      worker.on("message", (reply: Reply) => {
        if (reply.kind === "open") resolve();
        else if (this.#connection?.number === reply.connection) this.#connection.stream.receive(reply.bytes);
      });
      worker.on("exit", () => reject(new Error("The embedded database ended before it was open.")));
    });
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => {
      this.#running = undefined;
      this.#connection?.stream.destroy(new Error("The embedded database ended.", { cause }));
      this.#connection = undefined;
    });
    return { worker, opened };
  }
}

export function createDatabaseWorker(folder: string): Worker {
  return new Worker(new URL("./database-worker.mjs", import.meta.url), {
    name: "database",
    workerData: { folder },
  });
}

function post(worker: Worker, request: Request): void {
  worker.postMessage(request);
}
