import { Errno } from "./errno.js";

/** Carries an errno from wherever a request is turned down to the one place that answers the guest. */
export class Refusal extends Error {
  constructor(readonly errno: Errno) {
    super(`WASI errno ${errno}`);
    this.name = "Refusal";
  }
}

// A guest that probes for files is refused thousands of times: one object per errno spares it every stack trace.
const refusals = new Map(Object.values(Errno).map((errno) => [errno, new Refusal(errno)]));

/** Use as `throw refuse(Errno.BADF)`. */
export function refuse(errno: Errno): Refusal {
  return refusals.get(errno) ?? new Refusal(errno);
}
