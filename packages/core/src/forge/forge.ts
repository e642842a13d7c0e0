import type { CheckReport } from "../check/check-report.js";
import type { Plugin } from "../plugin/plugin.js";
import type { PoolRuntime, PoolStats } from "../pool/pool.js";
import type { Outcome } from "../run/outcome.js";
import type { RunEvent } from "../run/run-event.js";
import type { RunOptions } from "../run/run-options.js";
import type { Session, SessionOptions } from "../session/session.js";

/** Runs plugins. Made by `createForge`; whoever created it closes it. */
export interface Forge extends AsyncDisposable {
  /** The interpreter that plugins run on. */
  readonly runtime: PoolRuntime;
  /**
   * Runs a plugin in an interpreter of its own. However the plugin ends, that is an outcome; it rejects with a `ForgeError`
   * for options that cannot be, `overloaded`, `closed` and faults of ours.
   */
  run(plugin: Plugin, options?: RunOptions): Promise<Outcome>;
  /**
   * The same run as events, of which the last is the outcome. It begins when the first event is asked for. Leaving the loop
   * early aborts the run.
   */
  stream(plugin: Plugin, options?: RunOptions): AsyncIterable<RunEvent>;
  /** Finds mistakes in a plugin without running it. Fast enough to be asked while somebody types. */
  check(source: string | Uint8Array, options?: CheckOptions): Promise<CheckReport>;
  /**
   * Checks and hashes a plugin that will be run often. What it returns can be run in its place, and never changes. Seats
   * know this very object, and need not compile it for every run.
   */
  prepare(plugin: Plugin, options?: CheckOptions): Promise<PreparedPlugin>;
  /**
   * Repeats a run from its `outcome.record`, without models and tools, with the same output byte for byte. Rejects with
   * `replay_mismatch` where the record does not fit.
   */
  replay(record: unknown, options?: ReplayOptions): Promise<Outcome>;
  /** An interpreter that remembers from run to run. */
  session(options: SessionOptions): Session;
  /** Goes on with a session that sleeps. Rejects with `session_refused` for bytes that are not what `sleep` gave this owner. */
  wake(bytes: Uint8Array, options: SessionOptions): Promise<Session>;
  /** A `platform_sdk.pyi` for the editors of plugin authors: the SDK with this Forge's tools. */
  stubs(): string;
  /** How many seats there are in which state, and how many runs wait. */
  stats(): PoolStats;
  /** Refuses what waits, aborts what runs, and resolves when nothing of it is left. Idempotent. */
  close(): Promise<void>;
}

export type CheckOptions = Pick<RunOptions, "signal" | "tenant" | "policy">;
export type ReplayOptions = Pick<RunOptions, "signal" | "tenant">;

/** What `prepare` returns: a plugin that can be run in the place of the one it was given. Frozen. */
export interface PreparedPlugin extends Plugin {
  /** Of the source as bytes, in hexadecimal. */
  readonly sha256: string;
  readonly report: CheckReport;
}
