/** Seats that do what a test says, for what a real one never does. */
import type { RunEnd } from "@wasmforge/python-runtime";
import { encodeFrame, type Frame, FrameReader } from "../seat/frame.js";
import { fromSeat, toSeat } from "../seat/kinds.js";
import type { OpenSeatLine, SeatLineEvents } from "../seat/seat-line.js";

type SeatKind = keyof typeof fromSeat;
type Script = (seat: FakeSeat) => void;

export class FakeSeat {
  /** What the host has said to it. */
  readonly heard: Frame[] = [];
  isKilled = false;
  readonly #events: SeatLineEvents;
  readonly #frames = new FrameReader(() => ({ head: 2 ** 30, body: 2 ** 30 }));
  readonly #onRun: Script;

  constructor(events: SeatLineEvents, onRun: Script) {
    this.#events = events;
    this.#onRun = onRun;
  }

  say(kind: SeatKind | number, head: unknown = "", body = new Uint8Array()): void {
    const text = typeof head === "string" ? head : JSON.stringify(head);
    const number = typeof kind === "number" ? kind : fromSeat[kind];
    this.sayBytes(Buffer.concat(encodeFrame(number, new TextEncoder().encode(text), [body])));
  }

  sayBytes(bytes: Uint8Array): void {
    if (!this.isKilled) this.#events.onBytes(new Uint8Array(bytes));
  }

  sayEnd(end: RunEnd | Record<string, unknown> = { kind: "completed" }, facts = {}): void {
    this.say("end", { end, computeMs: 1, peakMemoryBytes: 1000, hasDelta: false, ...facts });
  }

  fault(): void {
    this.#events.onFault("it lied in the shared memory");
  }

  die(detail = "it died"): void {
    this.isKilled = true;
    this.#events.onGone(detail);
  }

  hear(parts: readonly Uint8Array[]): void {
    this.#frames.push(new Uint8Array(Buffer.concat(parts)));
    for (let frame = this.#frames.next(); frame; frame = this.#frames.next()) {
      this.heard.push(frame);
      if (frame.kind === toSeat.run) this.#onRun(this);
    }
  }
}

/** Completes what it is given, and is ready again. */
export const honest: Script = (seat) => {
  queueMicrotask(() => {
    seat.sayEnd();
    seat.say("ready");
  });
};

export interface FakeSeatsOptions {
  /** What a seat does when it has been opened. @default it is ready */
  readonly onOpen?: Script;
  /** What a seat does with a run. @default honest */
  readonly onRun?: Script;
}

export function fakeSeats({ onOpen = (seat) => seat.say("ready"), onRun = honest }: FakeSeatsOptions = {}) {
  const seats: FakeSeat[] = [];
  const open: OpenSeatLine = (events) => {
    const seat = new FakeSeat(events, onRun);
    seats.push(seat);
    queueMicrotask(() => onOpen(seat));
    return {
      send: (parts) => seat.hear(parts),
      unsentBytes: 0,
      kill() {
        if (seat.isKilled) return;
        seat.isKilled = true;
        queueMicrotask(() => events.onGone("killed"));
      },
    };
  };
  return { seats, open };
}
