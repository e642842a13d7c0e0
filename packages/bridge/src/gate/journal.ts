import type { CallOp } from "../protocol.js";
import { type CallErrorCode, fromHost } from "./call-error.js";
import type { GateListener } from "./gate.js";
import type { CallSummary, GateEvent } from "./gate-event.js";

/** Tells the host what happens. What the listener throws fails the call that it was told of. */
export class Journal {
  readonly #now: () => number;
  readonly #on: GateListener | undefined;
  #calls = 0;
  #isClosed = false;

  constructor(now: () => number, on: GateListener | undefined) {
    this.#now = now;
    this.#on = on;
  }

  now(): number {
    return this.#now();
  }

  tell(event: GateEvent): void {
    if (this.#isClosed) return;
    try {
      this.#on?.(event);
    } catch (thrown) {
      throw fromHost(thrown);
    }
  }

  /** Nothing more is told. */
  close(): void {
    this.#isClosed = true;
  }

  newCall(op: CallOp | "unknown", requestBytes: number): CallSummary {
    return { callId: ++this.#calls, op, requestBytes, atMs: this.#now() };
  }

  denied(call: CallSummary, { code, reason, cause }: Denial): void {
    this.tell({ type: "call_denied", call, code, reason, ...(cause !== undefined && { cause }) });
  }
}

export interface Denial {
  readonly code: CallErrorCode;
  readonly reason: string;
  readonly cause?: unknown;
}
