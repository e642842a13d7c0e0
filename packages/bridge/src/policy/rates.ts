/** Counts model and tool calls per minute, over all runs of a Forge. */
export interface Rates {
  /** Calls of the last minute. Never less than there were; more only where more are active than the book has lines. */
  lastMinute(who: Caller): CallsPerMinute;
  add(who: Caller): void;
}

export interface Caller {
  readonly plugin: string;
  readonly tenant: string;
}

export interface CallsPerMinute {
  readonly plugin: number;
  readonly tenant: number;
}

export interface RatesOptions {
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
  /** Plugins, and tenants, that are counted each on its own. @default 10_000 */
  readonly maxLines?: number;
}

export function createRates({ now = () => performance.now(), maxLines = 10_000 }: RatesOptions = {}): Rates {
  const plugins = new Book(maxLines);
  const tenants = new Book(maxLines);
  // Tenants may have plugins of the same name.
  const pluginKey = ({ plugin, tenant }: Caller) => `${tenant.length}:${tenant}${plugin}`;
  return {
    lastMinute(who) {
      const slot = Math.floor(now() / slotMs);
      return { plugin: plugins.sum(pluginKey(who), slot), tenant: tenants.sum(who.tenant, slot) };
    },
    add(who) {
      const slot = Math.floor(now() / slotMs);
      plugins.add(pluginKey(who), slot);
      tenants.add(who.tenant, slot);
    },
  };
}

/** A minute is counted in slots; one more than it has, so that no call leaves the sum before its minute is over. */
const slotMs = 5_000;
const slots = 60_000 / slotMs + 1;
const sharedLines = 256;

/**
 * A line for each active key. Lines that are a minute old make room; where all are active, further keys share lines:
 * they may be counted too high then, and never too low. So the book does not grow with the number of keys that were
 * ever seen, and flooding it does not loosen anything.
 */
class Book {
  readonly #lines = new Map<string, Line>();
  readonly #shared: readonly Line[] = Array.from({ length: sharedLines }, () => new Line());
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(readonly maxLines: number) {}

  sum(key: string, slot: number): number {
    // A key may have been given its own line while its calls were counted in a shared one.
    return (this.#lines.get(key)?.sum(slot) ?? 0) + this.#sharedLine(key).sum(slot);
  }

  add(key: string, slot: number): void {
    const line = this.#lines.get(key) ?? this.#open(key, slot) ?? this.#sharedLine(key);
    line.add(slot);
  }

  #open(key: string, slot: number): Line | undefined {
    if (this.#lines.size >= this.maxLines && this.#sweptAt !== slot) {
      this.#sweptAt = slot;
      this.#sweep(slot);
    }
    if (this.#lines.size >= this.maxLines) {
      return undefined;
    }
    const line = new Line();
    this.#lines.set(key, line);
    return line;
  }

  #sweep(slot: number): void {
    for (const [key, line] of this.#lines) {
      if (line.sum(slot) === 0) {
        this.#lines.delete(key);
      }
    }
  }

  #sharedLine(key: string): Line {
    let hash = 0;
    for (let at = 0; at < key.length; at++) {
      hash = (Math.imul(hash, 31) + key.charCodeAt(at)) | 0;
    }
    return this.#shared[(hash >>> 0) % sharedLines] as Line;
  }
}

/** The calls of the last slots, in a ring. */
class Line {
  readonly #counts = new Uint32Array(slots);
  #last = 0;
  #sum = 0;

  add(slot: number): void {
    this.#turnTo(slot);
    this.#counts[this.#last % slots] = (this.#counts[this.#last % slots] ?? 0) + 1;
    this.#sum++;
  }

  sum(slot: number): number {
    this.#turnTo(slot);
    return this.#sum;
  }

  #turnTo(slot: number): void {
    const passed = Math.min(slot - this.#last, slots);
    for (let step = 1; step <= passed; step++) {
      const at = (this.#last + step) % slots;
      this.#sum -= this.#counts[at] ?? 0;
      this.#counts[at] = 0;
    }
    this.#last = Math.max(this.#last, slot);
  }
}
