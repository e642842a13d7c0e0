import type { Nodes } from "hast";

const patienceMs = 2_000;
const mostMarkdownChars = 200_000;

/**
 * Reads Markdown in a worker. What plugins and people write may be made to keep a parser busy for very long: a worker can
 * be ended, a page cannot.
 */
export class MarkdownReader {
  #worker: Promise<Worker> | undefined;
  #wanted: string | undefined;
  #isBusy = false;
  #isDisposed = false;

  constructor(private readonly onRead: (tree: Nodes | null) => void) {}

  /** Of texts that come faster than they can be read only the latest is. */
  read(text: string): void {
    this.#wanted = text;
    if (!this.#isBusy) void this.#readWanted();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#wanted = undefined;
    this.#end();
  }

  async #readWanted(): Promise<void> {
    this.#isBusy = true;
    for (let text = this.#wanted; text !== undefined; text = this.#wanted) {
      this.#wanted = undefined;
      const tree = text.length > mostMarkdownChars ? null : await this.#ask(text);
      if (this.#wanted === undefined && !this.#isDisposed) this.onRead(tree);
    }
    this.#isBusy = false;
  }

  async #ask(text: string): Promise<Nodes | null> {
    this.#worker ??= startWorker();
    const worker = await this.#worker;
    if (this.#isDisposed) return null;
    const tree = await readWith(worker, text);
    if (tree === undefined) this.#end();
    return tree ?? null;
  }

  #end(): void {
    void this.#worker?.then((worker) => worker.terminate());
    this.#worker = undefined;
  }
}

/** Resolves when it is ready to read; also when it never will be, which the first text shows. */
function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./markdown-worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve) => {
    worker.onmessage = () => resolve(worker);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(worker);
    };
  });
}

/** `undefined` where it takes too long, or fails. */
function readWith(worker: Worker, text: string): Promise<Nodes | null | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    worker.onmessage = ({ data }: MessageEvent<Nodes | null>) => {
      clearTimeout(timer);
      resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(timer);
      resolve(undefined);
    };
    worker.postMessage(text);
  });
}
