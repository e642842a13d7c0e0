import type { Call } from "../protocol.js";
import type { CallError } from "./call-error.js";
import type { CallScope } from "./call-scope.js";
import type { CallResult, CallSummary } from "./gate-event.js";
import type { Journal } from "./journal.js";
import type { TokenAccount } from "./meter.js";

/** A call that is served, until it is finished. It is finished once, and the host is told. */
export class OpenCall<Served extends Call = Call> {
  readonly #journal: Journal;
  readonly #startedAt: number;
  #isFinished = false;
  /** Of model calls, once one is asked. */
  provider: string | undefined;

  constructor(
    readonly call: Served,
    readonly summary: CallSummary,
    readonly scope: CallScope,
    readonly account: TokenAccount,
    journal: Journal,
  ) {
    this.#journal = journal;
    this.#startedAt = journal.now();
    journal.tell({ type: "call_started", call: summary });
  }

  succeed(replyBytes: number): void {
    this.#finish(replyBytes);
  }

  /** Whoever still works for it is told to stop. */
  fail(error: CallError, replyBytes: number): void {
    this.scope.end(error);
    this.#finish(replyBytes, error);
  }

  #finish(replyBytes: number, error?: CallError): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.scope.dispose();
    const durationMs = this.#journal.now() - this.#startedAt;
    const result: Writable<CallResult> = { ok: error === undefined, replyBytes, durationMs };
    if (error) result.code = error.code;
    if (error?.cause !== undefined) result.cause = error.cause;
    if (this.provider !== undefined) {
      result.provider = this.account.provider ?? this.provider;
      result.promptTokens = this.account.promptTokens;
      result.completionTokens = this.account.completionTokens;
    }
    if (this.account.queueMs !== undefined) result.queueMs = this.account.queueMs;
    this.#journal.tell({ type: "call_finished", call: this.summary, result });
  }
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
