import type { ResolvedLimits } from "../limits/limits.js";
import { type CallOf, type CallOp, ProtocolError, parseCall } from "../protocol.js";
import type { CallSummary } from "./gate-event.js";
import type { Denial, Journal } from "./journal.js";
import type { Meter } from "./meter.js";

type ReadingLimits = Pick<ResolvedLimits, "callBytes" | "callBytesTotal">;

/** Thrown to its own gate, which tells the guest. The host has been told. */
export class Refused extends Error {
  constructor(readonly denial: Denial) {
    super(denial.reason);
  }
}

/** Understands a guest's calls, as long as the run may have more read. What it cannot understand is `Refused`. */
export class CallReader {
  readonly #limits: ReadingLimits;
  readonly #meter: Meter;
  readonly #journal: Journal;

  constructor(limits: ReadingLimits, meter: Meter, journal: Journal) {
    this.#limits = limits;
    this.#meter = meter;
    this.#journal = journal;
  }

  newCall(op: CallOp | "unknown", payload: Uint8Array): CallSummary {
    return this.#journal.newCall(op, payload.byteLength);
  }

  read<Op extends string>(op: Op, payload: Uint8Array, summary: CallSummary): CallOf<Op> {
    const { callBytes, callBytesTotal } = this.#limits;
    if (!this.#meter.takeCallBytes(payload.byteLength)) {
      const reason = `all calls of a run may carry ${callBytesTotal} bytes together`;
      throw this.refusal(summary, { code: "too_large", reason });
    }
    return this.#parse(op, payload, summary, callBytes);
  }

  /** For what has a budget of its own, and has been charged to it. */
  readCharged<Op extends CallOp>(op: Op, payload: Uint8Array): CallOf<Op> {
    return this.#parse(op, payload, this.newCall(op, payload), Number.POSITIVE_INFINITY);
  }

  /** Tells the host. */
  refusal(summary: CallSummary, denial: Denial): Refused {
    this.#journal.denied(summary, denial);
    return new Refused(denial);
  }

  #parse<Op extends string>(
    op: Op,
    payload: Uint8Array,
    summary: CallSummary,
    maxPayloadBytes: number,
  ): CallOf<Op> {
    try {
      return parseCall(op, payload, { maxPayloadBytes });
    } catch (thrown) {
      if (!(thrown instanceof ProtocolError)) throw thrown;
      throw this.refusal(summary, { code: thrown.code, reason: thrown.message });
    }
  }
}
