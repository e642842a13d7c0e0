import { promptChars } from "../policy/decide.js";
import { normalizeModelName } from "../policy/model-name.js";
import { toPrintable } from "../printable.js";
import type { Call, MeteredCall } from "../protocol.js";
import type { CallContext } from "../provider/provider.js";
import { Admission } from "./admission.js";
import { CallError, fromHost, fromTool } from "./call-error.js";
import { CallScope } from "./call-scope.js";
import type { CallSummary } from "./gate-event.js";
import type { GateOptions } from "./gate-options.js";
import type { Denial, Journal } from "./journal.js";
import { toJsonText } from "./json-text.js";
import type { Meter } from "./meter.js";
import { callModel, embedTexts } from "./model-calls.js";
import { listModels } from "./model-list.js";
import { OpenCall } from "./open-call.js";
import { errorReply, okReply } from "./reply.js";
import type { Ticket, Tickets } from "./tickets.js";
import type { ToolContext } from "./tool-set.js";
import { Turns } from "./turns.js";

/** The calls that are answered with something: by a model, by a tool, or with a list of them. */
export type ServedCall = Extract<Call, MeteredCall | { readonly op: "list_models" | "list_tools" }>;
type ToolCall = Extract<Call, { readonly op: "call_tool" }>;
type ModelCall = Exclude<MeteredCall, ToolCall>;
/** What it returns holds the provider back. */
type OnText = (text: string) => Promise<void> | undefined;

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
  readonly #turns: Turns;
  readonly #open = new Set<OpenCall<ServedCall>>();
  readonly #undecided = new Set<CallScope>();
  readonly #providerName: string;

  constructor(options: GateOptions, shared: Shared) {
    this.#options = options;
    this.#shared = shared;
    this.#admission = new Admission(options, shared.meter);
    this.#turns = new Turns(options.policy.maxParallelCalls);
    this.#providerName = toPrintable(String(options.provider?.name), 100);
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
      const json = await this.#work(open, (piece) => {
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

  /** Serves it while the guest goes on. The ticket's number. */
  serveLater(open: OpenCall<ServedCall>, isStream: boolean, tickets: Tickets): number {
    const ticket = tickets.open(() => {
      this.#fail(open, new CallError("cancelled", "the call was cancelled"));
    });
    void this.#serveTicket(open, ticket, isStream && open.call.op === "call_ai", tickets);
    return ticket.number;
  }

  close(): void {
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
      const json = await this.#work(open, (piece) => {
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

  /** JSON, or `undefined` where the answer is the text that was handed on. */
  async #work(open: OpenCall<ServedCall>, onText: OnText): Promise<string | undefined> {
    const { call } = open;
    const { policy, provider, limits } = this.#options;
    if (call.op === "list_models") {
      return JSON.stringify(await listModels(policy.models, provider, open.scope));
    }
    if (call.op === "list_tools") {
      return toJsonText(this.#allowedTools(), limits.replyBytes);
    }
    const turn = this.#turns.take();
    try {
      if (turn.ready) await open.scope.race(turn.ready);
      return isModelCall(call)
        ? await this.#callProvider(open, call, onText)
        : await this.#callTool(call, open.scope);
    } finally {
      turn.leave();
    }
  }

  async #callProvider(
    open: OpenCall<ServedCall>,
    call: ModelCall,
    onText: OnText,
  ): Promise<string | undefined> {
    const { run, limits, provider } = this.#options;
    const { journal, timeLeftMs } = this.#shared;
    const { scope, summary } = open;
    if (provider === undefined) {
      throw new CallError("model_not_found", "the host has no models");
    }
    open.provider = this.#providerName;
    const context: CallContext = {
      get signal() {
        return scope.signal;
      },
      timeLeftMs: timeLeftMs(),
      ...run,
    };
    const options = { provider, context, scope, account: open.account, maxReplyBytes: limits.replyBytes };
    if (call.op === "embed") {
      return embedTexts(call, options);
    }
    await callModel(call, options, (text) => {
      journal.tell({ type: "tokens", callId: summary.callId, text });
      return onText(text);
    });
    return undefined;
  }

  async #callTool(call: ToolCall, scope: CallScope): Promise<string> {
    const { tools, run, limits } = this.#options;
    const context: ToolContext = {
      get signal() {
        return scope.signal;
      },
      runId: run.runId,
    };
    let result: unknown;
    try {
      result = await scope.race(tools?.call(call.name, call.arguments, context));
    } catch (thrown) {
      throw fromTool(thrown);
    }
    return toJsonText(result, limits.replyBytes);
  }

  #allowedTools(): readonly object[] {
    const { tools, policy } = this.#options;
    return (tools?.list() ?? [])
      .filter(({ name }) => Object.hasOwn(policy.tools, name))
      .map(({ name, description, inputSchema }) => ({ name, description, input_schema: inputSchema }));
  }

  /**
   * What was begun is told as what it is. Of the names only those that the policy knows: any other is the guest's, and
   * goes nowhere.
   */
  #named(call: MeteredCall, { callId, requestBytes, atMs }: CallSummary): CallSummary {
    const { policy } = this.#options;
    const name = call.op === "call_tool" ? call.name : normalizeModelName(call.model);
    const isKnown =
      call.op === "call_tool" ? Object.hasOwn(policy.tools, name) : policy.models.includes(name);
    const { op } = call;
    return isKnown ? { callId, op, target: name, requestBytes, atMs } : { callId, op, requestBytes, atMs };
  }
}

function isModelCall(call: ServedCall): call is ModelCall {
  return call.op === "call_ai" || call.op === "embed";
}
