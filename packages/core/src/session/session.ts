import type { Plugin } from "../plugin/plugin.js";
import type { Outcome } from "../run/outcome.js";
import type { RunEvent } from "../run/run-event.js";
import type { RunOptions } from "../run/run-options.js";

/**
 * An interpreter that remembers: what one run defines, the next one finds.
 *
 * Between its runs a session holds no seat: its state is a few hundred kilobytes on the host, the difference between its
 * memory and the image's. Runs of one session come one after the other. A run that is stopped, or that ends with
 * `os._exit`, leaves the state as it was before; one that fails with an exception of the plugin's changes it.
 */
export interface Session extends AsyncDisposable {
  readonly id: string;
  readonly owner: string;
  /** Waits for the runs that were asked for before. */
  run(plugin: Plugin, options?: SessionRunOptions): Promise<Outcome>;
  /** The same run as events: see `Forge.stream`. */
  stream(plugin: Plugin, options?: SessionRunOptions): AsyncIterable<RunEvent>;
  /** Another session with the same past. */
  fork(): Promise<Session>;
  /** The state as bytes that `forge.wake` takes, in this process or another. The session is closed. */
  sleep(): Promise<Uint8Array>;
  /** Ends the run in progress, refuses those that wait, and forgets the state. Idempotent. */
  close(): Promise<void>;
}

/** What one run of a session is given. Its tenant is the session's, and it cannot be recorded. */
export type SessionRunOptions = Omit<RunOptions, "tenant" | "record">;

/** Whose session it is, and how large it may grow. */
export interface SessionOptions {
  /** Whose session it is. It is part of its bytes when it sleeps: nobody else's `wake` takes them. */
  readonly owner: string;
  /** The tenant of all runs of the session: see `RunOptions.tenant`. @default the owner */
  readonly tenant?: string;
  /** In units of 1,048,576 bytes. A run that leaves a larger state is stopped with `memory`. @default 16 */
  readonly maxStateMb?: number;
}
