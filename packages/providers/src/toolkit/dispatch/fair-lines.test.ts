import { describe, expect, it } from "vitest";
import { FairLines } from "./fair-lines.js";

interface Entry {
  readonly tenant: string;
  readonly plugin: string;
  readonly id: number;
}

let ids = 0;
const entry = (tenant: string, plugin = "p"): Entry => ({ tenant, plugin, id: ids++ });
const always = () => true;

function filled(...entries: readonly Entry[]): FairLines<Entry> {
  const lines = new FairLines<Entry>();
  for (const one of entries) {
    lines.add(one);
  }
  return lines;
}

/** Serves everything, one after the other; each of a tenant's entries costs as said. */
function serveAll(lines: FairLines<Entry>, cost: (entry: Entry) => number = () => 1, guess = 1): Entry[] {
  const served: Entry[] = [];
  for (let next = lines.begin(always, guess); next !== undefined; next = lines.begin(always, guess)) {
    lines.end(next, guess, cost(next));
    served.push(next);
  }
  return served;
}

describe("fair lines", () => {
  it("serve tenants in turn, however many entries one of them has", () => {
    const lines = filled(...Array.from({ length: 50 }, () => entry("big")), entry("small"), entry("small"));
    expect(
      serveAll(lines)
        .slice(0, 4)
        .map(({ tenant }) => tenant),
    ).toEqual(["big", "small", "big", "small"]);
  });

  it("measure shares in what was used: who costs three times as much is served a third as often", () => {
    const lines = filled(...Array.from({ length: 40 }, (_, i) => entry(i % 2 === 0 ? "long" : "short")));
    const first = serveAll(lines, ({ tenant }) => (tenant === "long" ? 3 : 1)).slice(0, 20);
    const long = first.filter(({ tenant }) => tenant === "long").length;
    expect(long).toBeGreaterThanOrEqual(4);
    expect(long).toBeLessThanOrEqual(6);
  });

  it("are fair between the plugins of one tenant, and not at another tenant's cost", () => {
    const lines = filled(
      ...Array.from({ length: 6 }, () => entry("a", "loud")),
      entry("a", "quiet"),
      ...Array.from({ length: 6 }, () => entry("b")),
    );
    const served = serveAll(lines).slice(0, 6);
    expect(served.filter(({ tenant }) => tenant === "b")).toHaveLength(3);
    expect(served.filter(({ plugin }) => plugin === "quiet")).toHaveLength(1);
  });

  it("keep the order of arrival within a plugin", () => {
    const entries = [entry("a"), entry("a"), entry("a")];
    expect(serveAll(filled(...entries))).toEqual(entries);
  });

  it("put whoever comes back before the others of its plugin", () => {
    const [first, second] = [entry("a"), entry("a")];
    const lines = filled(second);
    lines.add(first, "front");
    expect(serveAll(lines)).toEqual([first, second]);
  });

  for (const guess of [0, 1, 1000]) {
    it(`are as fair when costs are guessed to be ${guess}, with several served at a time`, () => {
      const lines = filled(
        ...Array.from({ length: 100 }, () => entry("big")),
        ...Array.from({ length: 10 }, () => entry("small")),
      );
      const served: Entry[] = [];
      const serving: Entry[] = [];
      while (served.length < 20) {
        while (serving.length < 4) {
          const next = lines.begin(always, guess);
          expect(next).toBeDefined();
          serving.push(next ?? entry("nobody"));
        }
        const [first] = serving.splice(0, 1);
        if (first !== undefined) {
          lines.end(first, guess, 1);
          served.push(first);
        }
      }
      const small = served.filter(({ tenant }) => tenant === "small").length;
      expect(small).toBeGreaterThanOrEqual(8);
    });
  }

  it("let nobody save up while away", () => {
    const lines = filled(...Array.from({ length: 10 }, () => entry("steady")));
    for (let served = 0; served < 8; served++) {
      const next = lines.begin(always, 1);
      expect(next?.tenant).toBe("steady");
      lines.end(next ?? entry(""), 1, 1);
    }
    for (let added = 0; added < 4; added++) {
      lines.add(entry("newcomer"));
    }
    expect(
      serveAll(lines)
        .slice(0, 4)
        .map(({ tenant }) => tenant),
    ).toEqual(["steady", "newcomer", "steady", "newcomer"]);
  });

  it("let nobody off by leaving for a moment", () => {
    const lines = filled(...Array.from({ length: 4 }, () => entry("modest")), entry("greedy"));
    const greedy = lines.begin(({ tenant }) => tenant === "greedy", 1) ?? entry("");
    lines.end(greedy, 1, 2.5);
    lines.add(entry("greedy"));
    expect(serveAll(lines).map(({ tenant }) => tenant)).toEqual([
      "modest",
      "modest",
      "modest",
      "greedy",
      "modest",
    ]);
  });

  it("pass over who cannot be served, and come back to them", () => {
    const [blocked, free] = [entry("a"), entry("b")];
    const lines = filled(blocked, free);
    expect(lines.begin(({ id }) => id !== blocked.id, 1)).toBe(free);
    expect(lines.begin(({ id }) => id !== blocked.id, 1)).toBeUndefined();
    expect(lines.begin(always, 1)).toBe(blocked);
  });

  it("give up the last entry of the longest line", () => {
    const last = entry("big", "loud");
    const lines = filled(
      entry("small"),
      entry("big", "quiet"),
      entry("big", "loud"),
      entry("big", "loud"),
      last,
    );
    expect(lines.takeFromLongest()).toBe(last);
    expect(lines.length).toBe(4);
  });

  it("forget names that nobody uses any more, and not who owes most", () => {
    const lines = new FairLines<Entry>();
    const steady = entry("steady");
    lines.add(steady);
    lines.begin(always, 1);
    for (let index = 0; index < 3000; index++) {
      lines.add(entry(`tenant ${index}`, `plugin ${index}`));
      lines.end(lines.begin(always, 1) ?? steady, 1, 2 + index / 1000);
    }
    const owing = entry("owes much");
    lines.add(owing);
    lines.end(lines.begin(always, 1) ?? steady, 1, 1000);
    lines.sweep();
    expect(lines.known).toBeLessThanOrEqual(2010);
    lines.add(owing);
    const newcomer = entry("newcomer");
    lines.add(newcomer);
    expect(serveAll(lines)).toEqual([newcomer, owing]);
  });
});
