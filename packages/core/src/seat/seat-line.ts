import type { Expected } from "@wasmforge/bridge/mailbox";

/** The host's end of the line to a seat, whatever the seat runs in. Nothing here blocks. */
export interface SeatLine {
  readonly pid?: number | undefined;
  /**
   * What does not go out at once is kept. Nothing happens when the seat is gone. Where the seat's answer is due, the line
   * may look for it instead of waiting to be woken.
   */
  send(parts: readonly Uint8Array[], answer?: Expected): void;
  /** What was sent and has not gone out, because the seat takes nothing. */
  readonly unsentBytes: number;
  /** Ends the seat at once, whatever it does. Idempotent. */
  kill(): void;
}

export interface SeatLineEvents {
  /** What the seat has written, in order, in pieces of any size. They are the receiver's. */
  readonly onBytes: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The seat has broken the line's own rules, and is still there. */
  readonly onFault: (detail: string) => void;
  /** Nothing of the seat is left. Called once, last. `detail` says how it ended, for people. */
  readonly onGone: (detail: string) => void;
}

/**
 * Starts a seat. It never throws and calls nothing before it has returned: a seat that cannot be started is one that goes
 * at once.
 */
export type OpenSeatLine = (events: SeatLineEvents) => SeatLine;
