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
function serveAll(lines: FairLines<Entry>, cost: (entry: Entry) => number = () => 1): Entry[] {
  const served: Entry[] = [];
  for (let next = lines.take(always, 1); next !== undefined; next = lines.take(always, 1)) {
    lines.charge(next, cost(next) - 1);
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

  it("let nobody save up while away, nor owe for ever", () => {
    const lines = filled(...Array.from({ length: 10 }, () => entry("steady")));
    for (let served = 0; served < 10; served++) {
      lines.take(always, 1);
    }
    for (let added = 0; added < 4; added++) {
      lines.add(entry("steady"));
      lines.add(entry("newcomer"));
    }
    expect(
      serveAll(lines)
        .slice(0, 4)
        .filter(({ tenant }) => tenant === "steady").length,
    ).toBeGreaterThanOrEqual(1);
  });

  it("pass over who cannot be served, and come back to them", () => {
    const [blocked, free] = [entry("a"), entry("b")];
    const lines = filled(blocked, free);
    expect(lines.take(({ id }) => id !== blocked.id, 1)).toBe(free);
    expect(lines.take(({ id }) => id !== blocked.id, 1)).toBeUndefined();
    expect(lines.take(always, 1)).toBe(blocked);
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
    for (let index = 0; index < 5000; index++) {
      lines.add(entry(`tenant ${index}`, `plugin ${index}`));
      lines.take(always, 1 + index / 1000);
    }
    const owing = entry("owes much");
    lines.add(owing);
    lines.take(always, 1000);
    lines.sweep(() => false);
    expect(lines.known()).toBeLessThanOrEqual(2000);
    lines.add(owing);
    const newcomer = entry("newcomer");
    lines.add(newcomer);
    expect(serveAll(lines)).toEqual([newcomer, owing]);
  });
});
