import type { Nodes } from "hast";

const patienceMs = 2_000;
export const mostMarkdownChars = 200_000;

/**
 * Reads Markdown in a worker. What plugins and people write may be made to keep a parser busy for very long: a worker can
 * be ended, a page cannot.
 */
export class MarkdownReader {
  #worker: Worker | undefined;
  #wanted: string | undefined;
  #isBusy = false;

  constructor(private readonly onRead: (tree: Nodes | null) => void) {}

  /** Of texts that come faster than they can be read only the latest is. */
  read(text: string): void {
    this.#wanted = text;
    if (!this.#isBusy) void this.#readWanted();
  }

  dispose(): void {
    this.#wanted = undefined;
    this.#end();
  }

  async #readWanted(): Promise<void> {
    this.#isBusy = true;
    for (let text = this.#wanted; text !== undefined; text = this.#wanted) {
      this.#wanted = undefined;
      const tree = text.length > mostMarkdownChars ? null : await this.#ask(text);
      if (this.#wanted === undefined) this.onRead(tree);
    }
    this.#isBusy = false;
  }

  #ask(text: string): Promise<Nodes | null> {
    this.#worker ??= new Worker(new URL("./markdown-worker.ts", import.meta.url), { type: "module" });
    const worker = this.#worker;
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#end();
        resolve(null);
      };
      const timer = setTimeout(giveUp, patienceMs);
      worker.onmessage = ({ data }: MessageEvent<Nodes | null>) => {
        clearTimeout(timer);
        resolve(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        clearTimeout(timer);
        giveUp();
      };
      worker.postMessage(text);
    });
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
