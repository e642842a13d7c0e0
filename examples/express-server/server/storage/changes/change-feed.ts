import type { Change } from "./change.js";

export interface ChangeListener {
  onChange(change: Change): void;
  /** Changes may have been missed: nothing that was kept can be trusted. */
  onReset(): void;
}

/** Tells what others changed. While it is not `live`, nothing that is kept in memory can be trusted. */
export interface ChangeFeed {
  readonly live: boolean;
  listen(listener: ChangeListener): void;
  /** For changes of our own: whoever made one must see it at once, not when the news comes round. */
  announce(change: Change): void;
  close(): Promise<void>;
}

/** For a database that is this server's alone. */
export class LocalChangeFeed implements ChangeFeed {
  readonly #listeners: ChangeListener[] = [];
  readonly live: boolean = true;

  listen(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  announce(change: Change): void {
    for (const listener of this.#listeners) listener.onChange(change);
  }

  async close(): Promise<void> {}
}
