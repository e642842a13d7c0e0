import { Share } from "./share.js";

/**
 * Who is next, when many wait for little.
 *
 * Everyone's share is measured in time used, not in calls: whoever asks for long answers waits longer. First between
 * tenants, then between the plugins of a tenant, and within a plugin by order of arrival, past those who cannot be served
 * yet. How long a call takes is known only when it is over, so a guess is charged when it begins, and put right when it ends.
 */
export class FairLines<Entry extends { readonly tenant: string; readonly plugin: string }> {
  readonly #tenants = new Share<Share<Line<Entry>>>((plugins) =>
    plugins.members().some(({ size }) => size > 0),
  );
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** How many names are remembered. */
  get known(): number {
    return this.#tenants.members().reduce((sum, plugins) => sum + plugins.size, this.#tenants.size);
  }

  add(entry: Entry, where: "back" | "front" = "back"): void {
    const plugins = this.#tenants.join(entry.tenant, () => new Share(({ size }) => size > 0));
    const line = plugins.join(entry.plugin, () => new Set());
    if (where === "back") {
      line.add(entry);
    } else {
      const others = [...line];
      line.clear();
      for (const one of [entry, ...others]) {
        line.add(one);
      }
    }
    this.#length += 1;
  }

  /** Whether it was there. */
  remove(entry: Entry): boolean {
    const was = this.#tenants.get(entry.tenant)?.get(entry.plugin)?.delete(entry) ?? false;
    this.#length -= was ? 1 : 0;
    return was;
  }

  /** Takes out the next entry that can be served; its user is charged the guess, until `end`. */
  begin(canServe: (entry: Entry) => boolean, guess: number): Entry | undefined {
    for (const [tenant, plugins] of this.#tenants.waiting()) {
      for (const [plugin, line] of plugins.waiting()) {
        const entry = firstOf(line, canServe);
        if (entry !== undefined) {
          line.delete(entry);
          this.#length -= 1;
          this.#tenants.begin(tenant, guess);
          plugins.begin(plugin, guess);
          return entry;
        }
      }
    }
    return undefined;
  }

  /** The entry that was begun with that guess is over, and this is what it took. */
  end({ tenant, plugin }: Entry, guess: number, cost: number): void {
    this.#tenants.get(tenant)?.end(plugin, guess, cost);
    this.#tenants.end(tenant, guess, cost);
  }

  /** The last entry of whoever has most waiting: when the room is full, it is that one who goes. */
  takeFromLongest(): Entry | undefined {
    const plugins = longest(this.#tenants.members(), (share) =>
      share.members().reduce((sum, { size }) => sum + size, 0),
    );
    const line = longest(plugins?.members() ?? [], ({ size }) => size);
    const entry = [...(line ?? [])].at(-1);
    if (entry !== undefined) {
      this.remove(entry);
    }
    return entry;
  }

  all(): readonly Entry[] {
    return this.#tenants.members().flatMap((plugins) => plugins.members().flatMap((line) => [...line]));
  }

  /** Forgets whoever neither waits nor is served nor owes. */
  sweep(): void {
    for (const plugins of this.#tenants.members()) {
      plugins.sweep();
    }
    this.#tenants.sweep();
  }
}

type Line<Entry> = Set<Entry>;

function firstOf<T>(items: Iterable<T>, isIt: (item: T) => boolean): T | undefined {
  for (const item of items) {
    if (isIt(item)) {
      return item;
    }
  }
  return undefined;
}

function longest<T>(items: readonly T[], size: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || size(item) > size(best) ? item : best),
    undefined,
  );
}
