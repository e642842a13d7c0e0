/** What becomes of a pool's seats. Seats are told apart by `seat`, a number that is not used again. */
export type SeatEvent =
  | { readonly type: "started"; readonly seat: number; readonly pid?: number }
  | { readonly type: "ready"; readonly seat: number; readonly startMs: number }
  | {
      readonly type: "ended";
      readonly seat: number;
      readonly reason: SeatEndReason;
      /** For people: what is known about it, as short, plain text. */
      readonly detail: string;
      readonly runs: number;
      readonly ageMs: number;
    };

export type SeatEndReason =
  /** It could not be started. */
  | "start_failed"
  /** Its run went over a limit or was aborted, and would not have ended by itself. */
  | "stopped"
  /** It died, or was ended by somebody else. */
  | "lost"
  /** The runtime failed, or the guest's interpreter gave up. */
  | "suspicious"
  /** It said something that a seat never says. */
  | "violation"
  /** Its guest had grown too large to be kept. */
  | "spent"
  | "age"
  | "closed";
