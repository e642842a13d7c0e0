/**
 * A session's life: it is open, with at most one run of it at a time and others in line; then, by `sleep` or `close`, it
 * is closed for good. Its state (`#delta`) changes in one place, at the end of a run that came back by itself.
 */
import { ForgeError } from "@wasmforge/bridge";
import type { ExecutedRun, RunExtras } from "../run/execute-run.js";
import { linkSignals } from "../run/linked-signal.js";
import type { Outcome } from "../run/outcome.js";
import type { RunEvent } from "../run/run-event.js";
import type { ResolvedRun } from "../run/run-options.js";
import { streamRun } from "../run/stream-run.js";
import type { Session, SessionRunOptions } from "./session.js";

/** What a session needs of its Forge. */
export interface SessionHost {
  parse(plugin: unknown, options: SessionRunOptions | undefined, session: SessionIdentity): ResolvedRun;
  execute(run: ResolvedRun, extras: RunExtras): Promise<ExecutedRun>;
  seal(delta: Uint8Array, owner: string): Promise<Uint8Array>;
}

export interface SessionIdentity {
  readonly id: string;
  readonly owner: string;
  readonly tenant: string;
  readonly maxStateBytes: number;
}

/** More runs than this waiting for one session are a mistake of the caller's, such as a loop that does not wait. */
const maxInLine = 100;
/** Run in a session that never ran, so that there is a state to put to sleep. */
const emptyPlugin = { name: "session", source: "" };

export function createSession(
  host: SessionHost,
  identity: Omit<SessionIdentity, "id">,
  delta?: Uint8Array,
): Session {
  return new HostedSession(host, { ...identity, id: crypto.randomUUID() }, delta);
}

class HostedSession implements Session {
  readonly id: string;
  readonly owner: string;
  readonly #host: SessionHost;
  readonly #identity: SessionIdentity;
  #delta: Uint8Array | undefined;
  /** Aborted when the session is closed. */
  readonly #closed = new AbortController();
  #inLine = 0;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(host: SessionHost, identity: SessionIdentity, delta: Uint8Array | undefined) {
    this.id = identity.id;
    this.owner = identity.owner;
    this.#host = host;
    this.#identity = identity;
    this.#delta = delta;
  }

  async run(plugin: unknown, options?: SessionRunOptions): Promise<Outcome> {
    return this.#run(this.#parse(plugin, options));
  }

  stream(plugin: unknown, options?: SessionRunOptions): AsyncIterable<RunEvent> {
    const run = this.#parse(plugin, options);
    return streamRun((signal, on) => this.#run({ ...run, signal }, on), run.signal);
  }

  fork(): Promise<Session> {
    const { id: _, ...identity } = this.#identity;
    return this.#inTurn(undefined, async () => createSession(this.#host, identity, this.#delta));
  }

  sleep(): Promise<Uint8Array> {
    return this.#inTurn(undefined, async () => {
      if (!this.#delta) await this.#execute(this.#parse(emptyPlugin, undefined));
      if (!this.#delta) {
        throw new ForgeError(
          "seat_failed",
          "the session's state could not be taken: raise its maxStateMb, or limits.memoryMb of the Forge",
        );
      }
      const sealed = await this.#host.seal(this.#delta, this.owner);
      this.#end();
      return sealed;
    });
  }

  async close(): Promise<void> {
    this.#end();
    await this.#lastTurn;
    this.#delta = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #end(): void {
    this.#closed.abort();
  }

  #requireOpen(): void {
    if (this.#closed.signal.aborted) {
      throw new ForgeError("closed", "this session was closed or sent to sleep; wake it, or begin another");
    }
  }

  #parse(plugin: unknown, options: SessionRunOptions | undefined): ResolvedRun {
    this.#requireOpen();
    return this.#host.parse(plugin, options, this.#identity);
  }

  #run(run: ResolvedRun, on?: (event: RunEvent) => void): Promise<Outcome> {
    return this.#inTurn(run.signal, () => this.#execute(run, on));
  }

  async #execute(run: ResolvedRun, on?: (event: RunEvent) => void): Promise<Outcome> {
    const linked = linkSignals(run.signal, this.#closed.signal);
    try {
      const { outcome, delta } = await this.#host.execute(
        { ...run, signal: linked.signal },
        {
          ...(on && { on }),
          session: {
            maxDeltaBytes: this.#identity.maxStateBytes,
            ...(this.#delta && { delta: this.#delta }),
          },
        },
      );
      if (delta) this.#delta = delta;
      return outcome;
    } finally {
      linked.unlink();
    }
  }

  /** A run that is aborted while it waits acts at once, out of turn: all it does then is to end as aborted. */
  async #inTurn<T>(signal: AbortSignal | undefined, act: () => Promise<T>): Promise<T> {
    this.#requireOpen();
    if (this.#inLine >= maxInLine) {
      throw new ForgeError(
        "overloaded",
        `${maxInLine} runs of this session wait already; wait for some of them`,
      );
    }
    this.#inLine += 1;
    const before = this.#lastTurn;
    let finish = () => {};
    const own = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.#lastTurn = before.then(() => own);
    try {
      await beforeOrAborted(before, signal);
      this.#requireOpen();
      return await act();
    } finally {
      this.#inLine -= 1;
      finish();
    }
  }
}

async function beforeOrAborted(before: Promise<unknown>, given: AbortSignal | undefined): Promise<void> {
  if (!given) {
    await before;
    return;
  }
  const { signal, unlink } = linkSignals(given);
  try {
    await Promise.race([before, new Promise<void>((resolve) => onceAborted(signal, resolve))]);
  } finally {
    unlink();
  }
}

function onceAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener("abort", act, { once: true });
}
