/** Which probes run, and in which order. */
import type { Probe } from "./manifest.js";

/**
 * The order of runs: groups within which nothing else may run between two probes.
 * A probe that several others follow is run again before each of them.
 */
export function inSequence(probes: readonly Probe[]): Probe[][] {
  const done = new Set<Probe>();
  const groups: Probe[][] = [];
  for (const probe of probes) {
    if (done.has(probe)) continue;
    const group = [probe];
    for (let first = probe.after; first !== undefined; first = group[0]?.after) {
      const before = probes.find((other) => other.id === first);
      if (before === undefined || group.includes(before)) break;
      group.unshift(before);
    }
    for (let last: Probe | undefined = probe; last !== undefined; ) {
      const id: string = last.id;
      last = probes.find((other) => other.after === id && !done.has(other) && !group.includes(other));
      if (last !== undefined) group.push(last);
    }
    for (const member of group) done.add(member);
    groups.push(group);
  }
  return groups;
}

/** The chosen probes and those that they must follow. */
export function chosen(probes: readonly Probe[], ids: readonly string[]): Probe[] {
  const wanted = new Set<string>();
  for (const id of ids) {
    for (let next: string | undefined = id; next !== undefined && !wanted.has(next); ) {
      const probe = probes.find((other) => other.id === next);
      if (probe === undefined) throw new Error(`there is no probe "${next}" in this folder`);
      wanted.add(next);
      next = probe.after;
    }
  }
  return probes.filter((probe) => wanted.has(probe.id));
}
