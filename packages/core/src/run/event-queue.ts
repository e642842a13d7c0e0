/**
 * Events between a run, which does not wait, and a consumer, who may.
 *
 * What waits is joined where nothing is lost by it: pieces of one stream become one piece, and of progress only the
 * latest counts. Next to each other they are joined always, apart from each other only when very much waits; but never
 * across an event that cannot be joined, so that printed text keeps its place among outputs and calls. How many of those
 * there can be is limited by the run's policy and limits.
 */
import type { RunEvent } from "./run-event.js";

const manyEvents = 1_000;
const joinable: ReadonlySet<RunEvent["type"]> = new Set(["stdout", "stderr", "tokens", "progress"]);

export class EventQueue {
  #waiting: RunEvent[] = [];
  #taken = 0;
  #wake: (() => void) | undefined;
  #hasEnded = false;

  get size(): number {
    return this.#waiting.length - this.#taken;
  }

  push(event: RunEvent): void {
    const reach = this.size > manyEvents ? this.#waiting.length : 1;
    if (!this.#joins(event, reach)) this.#waiting.push(event);
    this.#wake?.();
  }

  /** Nothing more comes. */
  end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }

  /** The next event, or `undefined` when nothing waits at the moment. */
  take(): RunEvent | undefined {
    const event = this.#waiting[this.#taken];
    if (event === undefined) return undefined;
    this.#taken += 1;
    if (this.#taken === this.#waiting.length) {
      this.#waiting = [];
      this.#taken = 0;
    }
    return event;
  }

  /** Whether something waits, as soon as that is known. For one consumer. */
  async arrival(): Promise<boolean> {
    if (this.size === 0 && !this.#hasEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.size > 0;
  }

  #joins(event: RunEvent, reach: number): boolean {
    if (!joinable.has(event.type)) return false;
    const first = Math.max(this.#taken, this.#waiting.length - reach);
    for (let at = this.#waiting.length - 1; at >= first; at--) {
      const joined = join(this.#waiting[at], event);
      if (joined === "barrier") return false;
      if (joined) {
        this.#waiting[at] = joined;
        return true;
      }
    }
    return false;
  }
}

/** Both in one; `undefined`: they can pass each other; `barrier`: they cannot. */
function join(earlier: RunEvent | undefined, later: RunEvent): RunEvent | "barrier" | undefined {
  switch (earlier?.type) {
    case "stdout":
    case "stderr":
      return later.type === earlier.type ? { ...earlier, text: earlier.text + later.text } : undefined;
    case "tokens":
      return later.type === "tokens" && later.callId === earlier.callId
        ? { ...earlier, text: earlier.text + later.text }
        : undefined;
    case "progress":
      return later.type === "progress" ? later : undefined;
    default:
      return "barrier";
  }
}
