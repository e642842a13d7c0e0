import type { Change } from "./change.js";
import type { ChangeFeed } from "./change-feed.js";

export interface FreshCacheOptions {
  /** The least recently used go first. */
  readonly maxEntries: number;
  /** Which entry a change is about. */
  readonly keyOf: (change: Change) => string | undefined;
}

/**
 * What was read from the database, for as long as it is known to be the same there. While changes cannot be heard,
 * everything is read anew.
 *
 * Promises are kept, not values: a change that comes while one is being read removes it, so that what was read before
 * the change serves only those who asked before it.
 */
export class FreshCache<V> {
  readonly #entries = new Map<string, Promise<V>>();

  constructor(
    private readonly feed: ChangeFeed,
    private readonly options: FreshCacheOptions,
  ) {
    feed.listen({
      onChange: (change) => {
        const key = options.keyOf(change);
        if (key !== undefined) this.#entries.delete(key);
      },
      onReset: () => this.#entries.clear(),
    });
  }

  get(key: string, read: () => Promise<V>): Promise<V> {
    if (!this.feed.live) return read();
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known;
    }
    const reading = read();
    this.#entries.set(key, reading);
    reading.catch(() => {
      if (this.#entries.get(key) === reading) this.#entries.delete(key);
    });
    this.#evict();
    return reading;
  }

  #evict(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= this.options.maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
