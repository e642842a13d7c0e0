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
    this.#finish({ ok: true, replyBytes });
  }

  /** Whoever still works for it is told to stop. */
  fail(error: CallError, replyBytes: number): void {
    this.scope.end(error);
    const { code, cause } = error;
    this.#finish({ ok: false, code, ...(cause !== undefined && { cause }), replyBytes });
  }

  #finish(end: Pick<CallResult, "ok" | "code" | "cause" | "replyBytes">): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.scope.dispose();
    const { account, provider } = this;
    this.#journal.tell({
      type: "call_finished",
      call: this.summary,
      result: {
        ...end,
        durationMs: this.#journal.now() - this.#startedAt,
        ...(provider !== undefined && {
          provider,
          promptTokens: account.promptTokens,
          completionTokens: account.completionTokens,
        }),
        ...(account.queueMs !== undefined && { queueMs: account.queueMs }),
      },
    });
  }
}
