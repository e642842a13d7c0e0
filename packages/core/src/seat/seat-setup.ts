/** What a seat in a process of its own must know before it can begin. */
import { fromTextBytes, toTextBytes } from "@wasmforge/bridge/text";
import { encodeFrame, type Frame } from "./frame.js";
import { toSeat } from "./kinds.js";

export interface SeatSetup {
  readonly runtime: "forged" | "stock";
  /** The folder of a forged image. */
  readonly image?: string;
  /** The image must be this one: all seats of a pool are the same. */
  readonly imageHash: string;
  readonly memoryMb: number;
  readonly warmUpMs: number;
  /** Whether the system ends the seat when its host dies. If not, each run has to have an end of its own. */
  readonly endsWithHost: boolean;
}

export function encodeSeatSetup(setup: SeatSetup): Uint8Array[] {
  return encodeFrame(toSeat.setup, toTextBytes(JSON.stringify(setup)));
}

export function parseSeatSetup(frame: Frame): SeatSetup {
  return JSON.parse(fromTextBytes(frame.head)) as SeatSetup;
}
