/**
 * A bounded queue that gives tenants turns: whoever comes out next is the oldest of the tenant whose turn it is.
 *
 * When it is full, room is taken from the tenant that has most in it: its youngest has to go. So nobody can fill the
 * queue against others, and who has the most waiting notices first.
 */
export class FairQueue<T> {
  readonly #capacity: number;
  /** In the order of turns; each tenant's in the order in which they came. */
  readonly #byTenant = new Map<string, Set<T>>();
  #size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds it. Returns what has to leave for it, which may be `item` itself; `undefined` while there is room. */
  add(tenant: string, item: T): T | undefined {
    const own = this.#byTenant.get(tenant);
    if (own) own.add(item);
    else this.#byTenant.set(tenant, new Set([item]));
    this.#size += 1;
    if (this.#size <= this.#capacity) return undefined;
    // Where several tenants have as many, the one that is adding loses.
    let [largest, most] = [tenant, own?.size ?? 1];
    for (const [name, items] of this.#byTenant) {
      if (items.size > most) [largest, most] = [name, items.size];
    }
    const youngest = largest === tenant ? item : last(this.#byTenant.get(largest) ?? [], item);
    this.delete(largest, youngest);
    return youngest;
  }

  /** The next item of a tenant that `mayGo`. It is then that tenant's turn again after all others. */
  take(mayGo: (tenant: string) => boolean = () => true): T | undefined {
    for (const [tenant, items] of this.#byTenant) {
      if (!mayGo(tenant)) continue;
      for (const item of items) {
        this.delete(tenant, item);
        if (items.size > 0) {
          this.#byTenant.delete(tenant);
          this.#byTenant.set(tenant, items);
        }
        return item;
      }
    }
    return undefined;
  }

  delete(tenant: string, item: T): void {
    const items = this.#byTenant.get(tenant);
    if (!items?.delete(item)) return;
    this.#size -= 1;
    if (items.size === 0) this.#byTenant.delete(tenant);
  }

  /** Takes everything out of it. */
  *drain(): Generator<T> {
    for (let item = this.take(); item !== undefined; item = this.take()) yield item;
  }
}

function last<T>(items: Iterable<T>, otherwise: T): T {
  let found = otherwise;
  for (const item of items) found = item;
  return found;
}
