/**
 * Who is next, when many wait for little.
 *
 * Everyone's share is measured in time used, not in calls: whoever asks for long answers waits longer. First between
 * tenants, then between the plugins of a tenant, and within a plugin by order of arrival. Somebody who has used nothing for
 * a while starts level with the others, and saves nothing up. (Start-time fair queueing: Goyal, Vin, Cheng, 1996.)
 */
export class FairLines<Entry extends { readonly tenant: string; readonly plugin: string }> {
  readonly #tenants = new Share<Share<Line<Entry>>>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(entry: Entry, where: "back" | "front" = "back"): void {
    const line = this.#line(entry);
    if (where === "back") {
      line.waiting.add(entry);
    } else {
      const others = [...line.waiting];
      line.waiting.clear();
      for (const one of [entry, ...others]) {
        line.waiting.add(one);
      }
    }
    this.#length += 1;
  }

  /** Whether it was there. */
  remove(entry: Entry): boolean {
    const was = this.#tenants.get(entry.tenant)?.get(entry.plugin)?.waiting.delete(entry) ?? false;
    this.#length -= was ? 1 : 0;
    return was;
  }

  /** Takes out the next entry that can be served; its user is charged `cost` in advance. */
  take(canServe: (entry: Entry) => boolean, cost: number): Entry | undefined {
    for (const tenant of this.#tenants.byUse((share) => share.some(hasWaiting))) {
      for (const line of tenant.byUse(hasWaiting)) {
        const [entry] = line.waiting;
        if (entry !== undefined && canServe(entry)) {
          line.waiting.delete(entry);
          this.#length -= 1;
          this.#tenants.begin(entry.tenant);
          tenant.begin(entry.plugin);
          this.charge(entry, cost);
          return entry;
        }
      }
    }
    return undefined;
  }

  /** Also less than nothing, where too much was charged in advance. */
  charge({ tenant, plugin }: Entry, cost: number): void {
    this.#tenants.charge(tenant, cost);
    this.#tenants.get(tenant)?.charge(plugin, cost);
  }

  /** The last entry of whoever has most waiting: when the room is full, it is that one who goes. */
  takeFromLongest(): Entry | undefined {
    const tenant = longest(this.#tenants.all(), (share) => sum(share.all(), ({ waiting }) => waiting.size));
    const line = longest(tenant?.all() ?? [], ({ waiting }) => waiting.size);
    const entry = [...(line?.waiting ?? [])].at(-1);
    if (entry !== undefined) {
      this.remove(entry);
    }
    return entry;
  }

  all(): readonly Entry[] {
    return this.#tenants.all().flatMap((share) => share.all().flatMap(({ waiting }) => [...waiting]));
  }

  /** Forgets whoever neither waits nor owes; `busy` tells who is being served. */
  sweep(busy: (tenant: string) => boolean): void {
    this.#tenants.sweep((name, share) => {
      share.sweep((_plugin, line) => hasWaiting(line));
      return busy(name) || share.some(hasWaiting);
    });
  }

  /** How many names are remembered. */
  known(): number {
    return sum(this.#tenants.all(), (share) => 1 + share.all().length);
  }

  #line({ tenant, plugin }: Entry): Line<Entry> {
    const share = this.#tenants.getOr(tenant, () => new Share());
    return share.getOr(plugin, () => ({ waiting: new Set() }));
  }
}

interface Line<Entry> {
  readonly waiting: Set<Entry>;
}

function hasWaiting(line: Line<unknown>): boolean {
  return line.waiting.size > 0;
}

/** Those who share something, and how much each of them has used. */
class Share<Member> {
  readonly #members = new Map<string, { readonly member: Member; used: number }>();
  /** How far those have come who were served last: where newcomers start. */
  #level = 0;

  get(name: string): Member | undefined {
    return this.#members.get(name)?.member;
  }

  getOr(name: string, create: () => Member): Member {
    const known = this.#members.get(name);
    if (known !== undefined) {
      return known.member;
    }
    const member = create();
    this.#members.set(name, { member, used: this.#level });
    return member;
  }

  all(): readonly Member[] {
    return [...this.#members.values()].map(({ member }) => member);
  }

  some(test: (member: Member) => boolean): boolean {
    for (const { member } of this.#members.values()) {
      if (test(member)) {
        return true;
      }
    }
    return false;
  }

  /** Whoever used least comes first. */
  byUse(wants: (member: Member) => boolean): readonly Member[] {
    return [...this.#members.values()]
      .filter(({ member }) => wants(member))
      .sort((a, b) => Math.max(a.used, this.#level) - Math.max(b.used, this.#level))
      .map(({ member }) => member);
  }

  begin(name: string): void {
    const entry = this.#members.get(name);
    if (entry !== undefined) {
      entry.used = Math.max(entry.used, this.#level);
      this.#level = entry.used;
    }
  }

  charge(name: string, cost: number): void {
    const entry = this.#members.get(name);
    if (entry !== undefined) {
      entry.used += cost;
    }
  }

  sweep(keep: (name: string, member: Member) => boolean): void {
    if (this.#members.size > mostMembers) {
      // Too many owe something: what the least of them owe is let off.
      const uses = [...this.#members.values()].map(({ used }) => used).sort((a, b) => a - b);
      this.#level = Math.max(this.#level, uses[uses.length - mostMembers] ?? 0);
    }
    for (const [name, { member, used }] of this.#members) {
      if (used <= this.#level && !keep(name, member)) {
        this.#members.delete(name);
      }
    }
  }
}

/** Names are chosen by others. */
const mostMembers = 1_000;

function longest<T>(items: readonly T[], size: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || size(item) > size(best) ? item : best),
    undefined,
  );
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
