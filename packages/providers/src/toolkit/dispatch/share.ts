/** Names are chosen by others. */
const mostMembers = 1_000;

interface Entry<Member> {
  readonly member: Member;
  /** What is certain. */
  used: number;
  /** What was charged in advance to those who are being served. */
  guessed: number;
  serving: number;
}

/**
 * Those who share something, and how much each of them has used.
 *
 * A member is *active* while it waits or is being served. Whoever becomes active starts level with the least of those who
 * are, guesses aside: nobody saves anything up while away. Whoever has used more still owes it when it comes back, until
 * everybody was away.
 */
export class Share<Member> {
  readonly #entries = new Map<string, Entry<Member>>();
  readonly #waits: (member: Member) => boolean;
  /** Where newcomers start when nobody is active. */
  #floor = 0;

  constructor(waits: (member: Member) => boolean) {
    this.#waits = waits;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(name: string): Member | undefined {
    return this.#entries.get(name)?.member;
  }

  /** The member, who is about to wait. */
  join(name: string, create: () => Member): Member {
    const known = this.#entries.get(name);
    if (known !== undefined && this.#isActive(known)) {
      return known.member;
    }
    const level = this.#level();
    const entry = known ?? { member: create(), used: level, guessed: 0, serving: 0 };
    entry.used = Math.max(entry.used, level);
    this.#entries.set(name, entry);
    return entry.member;
  }

  /** Those who wait; whoever used least comes first. */
  *waiting(): Generator<readonly [name: string, member: Member]> {
    const waiting = [...this.#entries].filter(([, { member }]) => this.#waits(member));
    for (const [name, { member }] of waiting.sort(
      ([, a], [, b]) => a.used + a.guessed - (b.used + b.guessed),
    )) {
      yield [name, member];
    }
  }

  members(): readonly Member[] {
    return [...this.#entries.values()].map(({ member }) => member);
  }

  begin(name: string, guess: number): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined) {
      entry.serving += 1;
      entry.guessed += guess;
    }
  }

  /** What was begun with that guess is over, and this is what it took. */
  end(name: string, guess: number, cost: number): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined) {
      entry.serving -= 1;
      entry.guessed = entry.serving === 0 ? 0 : entry.guessed - guess;
      entry.used += cost;
    }
    if (![...this.#entries.values()].some((one) => this.#isActive(one))) {
      this.#floor = Math.max(this.#floor, ...[...this.#entries.values()].map(({ used }) => used));
    }
  }

  /** Forgets whoever is away and owes nothing. With too many who owe something, the least of it is let off. */
  sweep(): void {
    const away = [...this.#entries].filter(([, entry]) => !this.#isActive(entry));
    const debts = away.map(([, { used }]) => used).sort((a, b) => a - b);
    const letOff = debts[debts.length - mostMembers - 1] ?? Number.NEGATIVE_INFINITY;
    const least = Math.max(this.#level(), letOff);
    for (const [name, { used }] of away) {
      if (used <= least) {
        this.#entries.delete(name);
      }
    }
  }

  #level(): number {
    let level = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries.values()) {
      if (entry.used < level && this.#isActive(entry)) {
        level = entry.used;
      }
    }
    return level === Number.POSITIVE_INFINITY ? this.#floor : level;
  }

  #isActive({ member, serving }: Entry<Member>): boolean {
    return serving > 0 || this.#waits(member);
  }
}
