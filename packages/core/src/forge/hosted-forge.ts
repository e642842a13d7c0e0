/** Puts a Forge together from its parts. What runs have in common is made once, here. */
import { createRates, ForgeError, joinProviders } from "@wasmforge/bridge";
import { DeltaError, openDelta, sealDelta, stockFolders } from "@wasmforge/python-runtime";
import { auditRuns } from "../audit/audit-runs.js";
import type { AuditTrail } from "../audit/audit-trail.js";
import type { CheckReport } from "../check/check-report.js";
import { type Checker, createChecker } from "../check/checker.js";
import { createPluginShelf, type PluginShelf } from "../plugin/plugin.js";
import type { Pool, PoolRuntime, PoolStats } from "../pool/pool.js";
import { createRecorder } from "../replay/recorder.js";
import { replayRun } from "../replay/replay-run.js";
import { type ExecutedRun, executeRun, type RunExtras, type RunServices } from "../run/execute-run.js";
import type { Outcome } from "../run/outcome.js";
import type { RunEvent } from "../run/run-event.js";
import { createRunParser, type ResolvedRun, type RunParser } from "../run/run-options.js";
import { streamRun } from "../run/stream-run.js";
import { createSession, type SessionHost } from "../session/create-session.js";
import { parseSessionOptions } from "../session/parse-session-options.js";
import type { Session } from "../session/session.js";
import { observeRuns } from "../telemetry/telemetry.js";
import { sdkStubs } from "../tools/platform/sdk-stubs.js";
import type { CheckOptions, Forge, PreparedPlugin, ReplayOptions } from "./forge.js";
import type { ResolvedForgeOptions } from "./forge-options.js";
import { reportFaults } from "./report-faults.js";

export class HostedForge implements Forge {
  readonly runtime: PoolRuntime;
  readonly #options: ResolvedForgeOptions;
  readonly #pool: Pool;
  readonly #trail: AuditTrail | undefined;
  readonly #services: RunServices;
  readonly #plugins: PluginShelf;
  readonly #parse: RunParser;
  readonly #checker: Checker;
  readonly #sessions: SessionHost;
  readonly #active = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  /** The pool and the trail are the Forge's from here on. */
  constructor(options: ResolvedForgeOptions, pool: Pool, trail: AuditTrail | undefined) {
    const { policy, limits, tools, providers, decide } = options;
    this.runtime = pool.runtime;
    this.#options = options;
    this.#pool = pool;
    this.#trail = trail;
    this.#services = {
      pool,
      rates: createRates(),
      provider: providers.length > 0 ? joinProviders(providers) : undefined,
      tools: tools.list().length > 0 ? tools : undefined,
      decide,
      watchers: [
        ...(trail && options.audit
          ? [auditRuns({ trail, runtime: pool.runtime, isContentKept: options.audit.content })]
          : []),
        ...(options.telemetry ? [observeRuns(options.telemetry)] : []),
        ...(options.onCallFault ? [reportFaults(options.onCallFault)] : []),
      ],
    };
    this.#plugins = createPluginShelf();
    const takenFolders = pool.runtime.name === "stock" ? stockFolders : new Set<string>();
    this.#parse = createRunParser({ policy, limits, takenFolders }, this.#plugins);
    this.#checker = createChecker({ pool, tools: tools.list() });
    this.#sessions = {
      parse: (plugin, given, { id, tenant }) => {
        const run = this.#parse(plugin, { ...given, tenant });
        if (!run.isRecorded) return { ...run, sessionId: id };
        throw new ForgeError(
          "invalid_options",
          "a session's run cannot be recorded: its past would be missing",
        );
      },
      execute: (run, extras) => this.#execute(run, extras),
      seal: (delta, owner) => sealDelta(delta, { owner, ...this.#sessionKey() }),
    };
  }

  async run(plugin: unknown, options?: unknown): Promise<Outcome> {
    return (await this.#execute(this.#parse(plugin, options))).outcome;
  }

  stream(plugin: unknown, options?: unknown): AsyncIterable<RunEvent> {
    const run = this.#parse(plugin, options);
    return streamRun((signal, on) => this.#execute({ ...run, signal }, { on }), run.signal);
  }

  async check(source: unknown, options?: CheckOptions): Promise<CheckReport> {
    const run = this.#parse({ name: "check", source }, options);
    this.#requireOpen();
    return this.#checker.check(run.plugin.source, run);
  }

  async prepare(plugin: unknown, options?: CheckOptions): Promise<PreparedPlugin> {
    const { plugin: resolved, ...run } = this.#parse(plugin, options);
    this.#requireOpen();
    const { name, source, sha256 } = resolved;
    const report = await this.#checker.check(source, run);
    return this.#plugins.prepare(Object.freeze({ name, source, sha256, report }));
  }

  async replay(record: unknown, options?: ReplayOptions): Promise<Outcome> {
    return replayRun(record, options, {
      runtime: this.runtime,
      parse: this.#parse,
      execute: (run, extras) => this.#execute(run, extras),
    });
  }

  session(options: unknown): Session {
    this.#requireOpen();
    this.#requireSessions();
    return createSession(this.#sessions, parseSessionOptions(options));
  }

  async wake(bytes: unknown, options: unknown): Promise<Session> {
    this.#requireOpen();
    this.#requireSessions();
    const identity = parseSessionOptions(options);
    if (!(bytes instanceof Uint8Array)) {
      throw new ForgeError("invalid_options", "wake takes the bytes that a session's sleep() gave");
    }
    return createSession(this.#sessions, identity, await this.#unseal(bytes, identity.owner));
  }

  stubs(): string {
    return sdkStubs(this.#options.tools.list());
  }

  stats(): PoolStats {
    return this.#pool.stats();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    try {
      await this.#pool.close();
      // What was in flight ends now, and is recorded.
      await Promise.allSettled(this.#active);
    } finally {
      await this.#trail?.close();
    }
  }

  async #execute(run: ResolvedRun, extras: RunExtras = {}): Promise<ExecutedRun> {
    this.#requireOpen();
    this.#requireAudit();
    const recorder = run.isRecorded ? createRecorder(run, this.runtime) : undefined;
    const executed = executeRun(this.#services, run, { ...extras, ...recorder });
    this.#active.add(executed);
    try {
      return await executed;
    } finally {
      this.#active.delete(executed);
    }
  }

  async #unseal(bytes: Uint8Array, owner: string): Promise<Uint8Array> {
    try {
      return await openDelta(bytes, { owner, imageHash: this.runtime.imageHash, ...this.#sessionKey() });
    } catch (cause) {
      if (!(cause instanceof DeltaError)) throw cause;
      throw new ForgeError("session_refused", cause.message, { cause });
    }
  }

  #sessionKey(): { readonly key?: Uint8Array } {
    return this.#options.sessionKey ? { key: this.#options.sessionKey } : {};
  }

  #requireOpen(): void {
    if (this.#closing) throw new ForgeError("closed", "this Forge is closed; createForge makes another");
  }

  #requireSessions(): void {
    if (this.runtime.name === "forged") return;
    throw new ForgeError(
      "unsupported",
      "the stock interpreter has no sessions: build the forged image (`npm run build:python`) and use that",
    );
  }

  #requireAudit(): void {
    if (this.#options.audit?.whenFailing !== "refuse") return;
    const failure = this.#trail?.failure();
    if (failure) throw failure;
  }
}
