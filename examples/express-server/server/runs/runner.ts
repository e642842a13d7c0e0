import type { Forge, Outcome, RunEvent } from "@wasmforge/core";
import type { Metrics } from "../observability/index.js";
import { Problem } from "../problem.js";
import type { RunRecord } from "../storage/runs/index.js";
import { toInputFile } from "./input-file.js";
import type { RunBeginning } from "./journal-line.js";
import { RunAudit } from "./run-audit.js";
import type { RunHistory } from "./run-history.js";
import { toFaultRecord, toRecord } from "./run-record.js";

/** What is run: a plugin's version, or a draft that nobody has published. */
export interface RunSource {
  readonly name: string;
  readonly code: string;
  readonly plugin?: { readonly id: number; readonly version: number };
}

export interface RunRequest {
  readonly source: RunSource;
  readonly input: string;
  readonly fileName?: string | undefined;
  readonly user: string | null;
  /** On whose behalf: many runs of one tenant do not hold up those of another. */
  readonly tenant: string;
  /** Ends the run: aborted when nobody waits for it any more, and by the runner when the server stops. */
  readonly controller: AbortController;
  /** Is waited for: a slow listener holds up its own events, not the run. */
  readonly on: (event: RunEvent) => void | Promise<void>;
}

export interface RunnerOptions {
  readonly forge: Forge;
  readonly history: RunHistory;
  readonly metrics: Metrics;
}

/** Runs plugins, and writes down what became of them. */
export class Runner {
  readonly #active = new Map<AbortController, Promise<unknown>>();
  #isStopping = false;

  constructor(private readonly options: RunnerOptions) {}

  get active(): number {
    return this.#active.size;
  }

  /**
   * Resolves when the run has ended and is written down. Rejects when it could not be begun, or something on our side
   * failed.
   */
  async run(request: RunRequest): Promise<Outcome> {
    if (this.#isStopping) {
      throw new Problem("unavailable", "The server is being stopped: try again soon.", {
        retryAfterSeconds: 5,
      });
    }
    const running = this.#run(request);
    this.#active.set(request.controller, running);
    try {
      return await running;
    } finally {
      this.#active.delete(request.controller);
    }
  }

  /** Refuses what comes, and waits for what runs; what is not over in time is stopped. */
  async stop(withinMs: number): Promise<void> {
    this.#isStopping = true;
    const timer = setTimeout(() => {
      for (const controller of this.#active.keys()) controller.abort();
    }, withinMs);
    await Promise.allSettled(this.#active.values());
    clearTimeout(timer);
  }

  async #run(request: RunRequest): Promise<Outcome> {
    const entry = new HistoryEntry(this.options, request);
    try {
      for await (const event of this.#events(request)) {
        entry.on(event);
        await request.on(event);
        if (event.type === "outcome") return event.outcome;
      }
      throw new Error("A run came to no outcome.");
    } finally {
      entry.close();
    }
  }

  #events({ source, input, fileName, tenant, controller: { signal } }: RunRequest) {
    const file = toInputFile(input, fileName);
    const plugin = { name: source.name, source: source.code };
    return this.options.forge.stream(plugin, { input, tenant, signal, ...(file && { file }) });
  }
}

/** A run in the history: begun when it starts, and ended once, whatever happens. */
class HistoryEntry {
  readonly #audit = new RunAudit();
  #open: { readonly beginning: RunBeginning; readonly end: (record: RunRecord) => void } | undefined;

  constructor(
    private readonly options: RunnerOptions,
    private readonly request: Pick<RunRequest, "source" | "input" | "user">,
  ) {}

  on(event: RunEvent): void {
    this.#audit.on(event);
    if (event.type === "started") this.#begin(event.runId);
    if (event.type === "outcome") this.#end((beginning, audit) => toRecord(beginning, event.outcome, audit));
  }

  close(): void {
    this.#end(toFaultRecord);
  }

  #begin(id: string): void {
    const { source, input, user } = this.request;
    const beginning = {
      id,
      pluginId: source.plugin?.id ?? null,
      pluginName: source.plugin ? source.name : null,
      version: source.plugin?.version ?? null,
      userName: user,
      startedAt: new Date(),
      inputBytes: Buffer.byteLength(input),
    };
    this.#open = { beginning, ...this.options.history.begin(beginning) };
  }

  #end(toRecord: (beginning: RunBeginning, audit: RunAudit["entries"]) => RunRecord): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const record = toRecord(open.beginning, this.#audit.entries);
    open.end(record);
    this.options.metrics.observeRun({
      status: record.status,
      reason: record.reason ?? "",
      seconds: record.wallMs / 1_000,
      queueSeconds: record.queueMs / 1_000,
      computeSeconds: record.computeMs / 1_000,
      calls: record.calls,
      promptTokens: record.promptTokens,
      completionTokens: record.completionTokens,
    });
  }
}
