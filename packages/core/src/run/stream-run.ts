/** A run as a sequence of events. */
import { EventQueue } from "./event-queue.js";
import { linkSignals } from "./linked-signal.js";
import type { RunEvent } from "./run-event.js";

/** Runs with a signal to obey and a listener to tell; resolves or rejects when the run is over. */
export type StartRun = (signal: AbortSignal, on: (event: RunEvent) => void) => Promise<unknown>;

/**
 * The run begins when the first event is asked for. Who stops asking (`break`, a thrown error) aborts it, and goes on when
 * it is over. Slow consumers hold up nothing: see `EventQueue`.
 */
export async function* streamRun(
  start: StartRun,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, void, void> {
  const queue = new EventQueue();
  const linked = linkSignals(signal);
  let isOver = false;
  const on = (event: RunEvent) => {
    isOver = event.type === "outcome";
    queue.push(event);
  };
  const ended = start(linked.signal, on).finally(() => queue.end());
  // Who stops asking does not hear of a failure any more.
  ended.catch(() => {});
  try {
    while (await queue.arrival()) {
      for (let event = queue.take(); event; event = queue.take()) yield event;
    }
    await ended;
  } finally {
    // Aborting takes a twentieth of a short run's time, even when nobody listens.
    if (!isOver) linked.abort();
    await ended.catch(() => {});
    linked.unlink();
  }
}
