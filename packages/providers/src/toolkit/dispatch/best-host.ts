import type { Host } from "./host.js";

/** How gladly a call goes to a host: the lower the better, `later` for not now, `undefined` for not at all. */
export type Rating = number | "later" | undefined;

/** The most wanted; among equals, the one with least to do. */
export function bestOf(hosts: readonly Host[], rate: (host: Host) => Rating): Host | undefined {
  let best: { readonly host: Host; readonly score: readonly [number, number] } | undefined;
  for (const host of hosts) {
    const rating = host.hasRoom ? rate(host) : undefined;
    if (typeof rating === "number") {
      const score = [rating, host.calls / host.maxParallel] as const;
      if (
        best === undefined ||
        score[0] < best.score[0] ||
        (score[0] === best.score[0] && score[1] < best.score[1])
      ) {
        best = { host, score };
      }
    }
  }
  return best?.host;
}
