import { promptChars } from "../policy/decide.js";
import { normalizeModelName } from "../policy/model-name.js";
import { toPrintable } from "../printable.js";
import type { MeteredCall } from "../protocol.js";
import { Admission } from "./admission.js";
import { Answerer, isModelCall, type ServedCall } from "./answerer.js";
import { CallError, fromHost } from "./call-error.js";
import { CallScope } from "./call-scope.js";
import type { CallSummary } from "./gate-event.js";
import type { GateOptions } from "./gate-options.js";
import type { Denial, Journal } from "./journal.js";
import type { Meter } from "./meter.js";
import { OpenCall } from "./open-call.js";
import { errorReply, okReply } from "./reply.js";
import type { Ticket } from "./ticket.js";
import type { Tickets } from "./tickets.js";

const mostListMs = 5_000;

interface Shared {
  readonly meter: Meter;
  readonly journal: Journal;
  readonly timeLeftMs: () => number;
}

/** Serves calls, from their admission to their end. */
export class Calls {
  readonly #options: GateOptions;
  readonly #shared: Shared;
  readonly #admission: Admission;
  readonly #answerer: Answerer;
  readonly #open = new Set<OpenCall<ServedCall>>();
  readonly #undecided = new Set<CallScope>();

  constructor(options: GateOptions, shared: Shared) {
    this.#options = options;
    this.#shared = shared;
    this.#admission = new Admission(options, shared.meter);
    this.#answerer = new Answerer(options, shared.journal, shared.timeLeftMs);
  }

  /** The call, opened, or why it is denied. The host is told. */
  async admit(call: MeteredCall, summary: CallSummary): Promise<OpenCall<ServedCall> | Denial> {
    const scope = new CallScope(this.#shared.timeLeftMs());
    const named = this.#named(call, summary);
    this.#undecided.add(scope);
    try {
      const asked = this.#admission.whyDenied(call, scope);
      const denial = asked instanceof Promise ? await asked : asked;
      if (denial === undefined) {
        scope.check();
        return this.#begin(call, named, scope);
      }
      this.#shared.journal.denied(named, denial);
      scope.end(new CallError(denial.code, denial.reason));
      return denial;
    } catch (thrown) {
      throw this.#end(scope, thrown);
    } finally {
      this.#undecided.delete(scope);
    }
  }

  /** A list is denied to nobody: it tells what is allowed. */
  openList(call: Exclude<ServedCall, MeteredCall>, summary: CallSummary): OpenCall<ServedCall> {
    return this.#begin(call, summary, new CallScope(Math.min(this.#shared.timeLeftMs(), mostListMs)));
  }

  /** Never rejects. */
  async serve(open: OpenCall<ServedCall>): Promise<Uint8Array> {
    let text = "";
    try {
      const json = await this.#answerer.answer(open, (piece) => {
        text += piece;
        return undefined;
      });
      const reply = okReply(json ?? JSON.stringify(text), this.#options.limits.replyBytes);
      open.succeed(reply.length);
      return reply;
    } catch (thrown) {
      const { code, message } = this.#fail(open, thrown);
      return errorReply(code, message);
    } finally {
      this.#open.delete(open);
    }
  }

  /** Serves it while the guest goes on, and returns the number of its ticket. */
  serveLater(open: OpenCall<ServedCall>, isStream: boolean, tickets: Tickets): number {
    const ticket = tickets.open(() => {
      this.#fail(open, new CallError("cancelled", "the call was cancelled"));
    });
    void this.#serveTicket(open, ticket, isStream && open.call.op === "call_ai", tickets);
    return ticket.number;
  }

  close(): void {
    // As a rule nothing is open, and an error costs more than the rest of closing.
    if (this.#undecided.size + this.#open.size === 0) return;
    const aborted = new CallError("aborted", "the run is over");
    for (const scope of this.#undecided) scope.end(aborted);
    for (const open of this.#open) this.#fail(open, aborted);
  }

  #begin(call: ServedCall, summary: CallSummary, scope: CallScope): OpenCall<ServedCall> {
    try {
      // At once: of calls that are admitted at the same time, each sees what those before it cost.
      const account = this.#shared.meter.charge(isModelCall(call) ? promptChars(call) : 0);
      const open = new OpenCall(call, summary, scope, account, this.#shared.journal);
      this.#open.add(open);
      return open;
    } catch (thrown) {
      throw this.#end(scope, thrown);
    }
  }

  #end(scope: CallScope, thrown: unknown): CallError {
    const error = fromHost(thrown);
    scope.end(error);
    return error;
  }

  async #serveTicket(
    open: OpenCall<ServedCall>,
    ticket: Ticket,
    isStream: boolean,
    tickets: Tickets,
  ): Promise<void> {
    let text = "";
    try {
      const json = await this.#answerer.answer(open, (piece) => {
        if (isStream) return tickets.write(ticket, piece);
        text += piece;
        return undefined;
      });
      const end = json ?? (isStream ? "null" : JSON.stringify(text));
      open.succeed(tickets.measure(end));
      tickets.end(ticket, { json: end });
    } catch (thrown) {
      tickets.end(ticket, { error: this.#fail(open, thrown) });
    } finally {
      this.#open.delete(open);
    }
  }

  /** What was thrown, as the guest is told. */
  #fail(open: OpenCall<ServedCall>, thrown: unknown): CallError {
    const error = fromHost(thrown);
    try {
      open.fail(error, errorReply(error.code, error.message).length);
      return error;
    } catch (cause) {
      return fromHost(cause);
    }
  }

  /**
   * Events name the call itself where it came inside a `begin`. They name a model or tool only if the policy knows it: any
   * other name is the guest's own words.
   */
  #named(call: MeteredCall, { callId, requestBytes, atMs }: CallSummary): CallSummary {
    const { policy } = this.#options;
    const name = call.op === "call_tool" ? call.name : normalizeModelName(call.model);
    const isKnown =
      call.op === "call_tool" ? Object.hasOwn(policy.tools, name) : policy.models.includes(name);
    const { op } = call;
    if (!isKnown) return { callId, op, requestBytes, atMs };
    return { callId, op, target: toPrintable(name), requestBytes, atMs };
  }
}
