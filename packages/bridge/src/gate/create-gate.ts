/** Where a guest's calls arrive, and what becomes of each. */
import type { OutputItem } from "../output.js";
import { isCallOp, type MeteredCall } from "../protocol.js";
import { maxTimerMs } from "../timer.js";
import { CallError, fromHost } from "./call-error.js";
import { CallReader, Refused } from "./call-reader.js";
import { Calls } from "./calls.js";
import type { Gate, GateAnswer, GateUsage } from "./gate.js";
import type { CallSummary } from "./gate-event.js";
import type { GateOptions } from "./gate-options.js";
import { type Denial, Journal } from "./journal.js";
import { Messages } from "./messages.js";
import { Meter } from "./meter.js";
import { OpenCall } from "./open-call.js";
import { emptyReply, errorReply, okReply } from "./reply.js";
import { maxOpenTickets, Tickets } from "./tickets.js";

/** A gate for one run. Whoever makes it closes it. */
export function createGate(options: GateOptions): Gate {
  return new RunGate(options);
}

/** After this many refused calls each further one takes a millisecond, so that a guest cannot keep its host busy with them. */
const quickRefusals = 100;
const noNews = "[]";

class RunGate implements Gate {
  readonly #options: GateOptions;
  readonly #timeLeftMs: () => number;
  readonly #journal: Journal;
  readonly #meter: Meter;
  readonly #reader: CallReader;
  readonly #messages: Messages;
  readonly #calls: Calls;
  readonly #tickets: Tickets;
  #refusals = 0;
  #stop: "output" | "aborted" | undefined;

  constructor(options: GateOptions) {
    const { limits, policy, signal } = options;
    const madeAt = performance.now();
    const now = options.now ?? (() => performance.now() - madeAt);
    this.#options = options;
    this.#timeLeftMs = options.timeLeftMs ?? (() => limits.wallTimeMs - now());
    this.#journal = new Journal(now, options.on);
    this.#meter = new Meter(limits, policy.maxFreeCalls);
    this.#reader = new CallReader(limits, this.#meter, this.#journal);
    this.#messages = new Messages(this.#reader, this.#meter, this.#journal);
    this.#tickets = new Tickets(limits);
    this.#calls = new Calls(options, {
      meter: this.#meter,
      journal: this.#journal,
      timeLeftMs: this.#timeLeftMs,
    });
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (signal?.aborted) this.#end("aborted");
  }

  async serve(op: string, payload: Uint8Array): Promise<GateAnswer> {
    if (this.#stop) return { stop: this.#stop };
    const reply = await this.#answer(op, payload);
    return this.#stop ? { stop: this.#stop } : { reply };
  }

  usage(): GateUsage {
    return this.#meter.usage();
  }

  outputs(): readonly OutputItem[] {
    return this.#messages.outputs;
  }

  close(): void {
    if (!this.#stop) this.#end("aborted");
  }

  readonly #onAbort = () => this.close();

  #end(reason: "output" | "aborted"): void {
    this.#stop = reason;
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#calls.close();
    this.#tickets.close();
    this.#journal.close();
  }

  async #answer(op: string, payload: Uint8Array): Promise<Uint8Array> {
    try {
      switch (op) {
        case "send_output":
        case "send_json":
          if (!this.#messages.takeOutput(op, payload)) this.#end("output");
          return emptyReply();
        case "log":
          if (!this.#messages.takeLog(payload)) this.#end("output");
          return emptyReply();
        case "progress":
          if (!this.#messages.takeProgress(payload)) await pause();
          return emptyReply();
        case "next":
          return await this.#tellNews(payload);
        case "call_ai":
        case "embed":
        case "call_tool":
        case "begin":
          return await this.#serveMetered(op, payload);
        default:
          return await this.#serveFree(op, payload);
      }
    } catch (thrown) {
      if (thrown instanceof Refused) return this.#refused(thrown.denial);
      const { code, message } = fromHost(thrown);
      return errorReply(code, message);
    }
  }

  /** Asking for news costs nothing, since the calls that they are of were counted; only asking in vain does. */
  async #tellNews(payload: Uint8Array): Promise<Uint8Array> {
    const summary = this.#reader.newCall("next", payload);
    const { tickets, timeout_ms: patienceMs = maxTimerMs } = this.#reader.read("next", payload, summary);
    const timeoutMs = Math.min(patienceMs, this.#timeLeftMs(), maxTimerMs);
    try {
      const news = await this.#tickets.next(tickets, timeoutMs);
      if (news === noNews && !this.#meter.takeFreeCall()) await pause();
      return okReply(news, this.#options.limits.replyBytes);
    } catch (thrown) {
      throw this.#refusalOf(summary, thrown);
    }
  }

  async #serveMetered(op: MeteredCall["op"] | "begin", payload: Uint8Array): Promise<Uint8Array> {
    this.#meter.calls++;
    const summary = this.#reader.newCall(op, payload);
    const call = this.#reader.read(op, payload, summary);
    if (call.op === "begin" && this.#tickets.isFull) {
      const reason = `a run may have ${maxOpenTickets} open tickets`;
      throw this.#reader.refusal(summary, { code: "too_many_tickets", reason });
    }
    const admitted = await this.#calls.admit(call.op === "begin" ? call.call : call, summary);
    if (!(admitted instanceof OpenCall)) {
      return this.#refused(admitted);
    }
    if (call.op !== "begin") {
      return this.#calls.serve(admitted);
    }
    const ticket = this.#calls.serveLater(admitted, call.stream ?? false, this.#tickets);
    return okReply(String(ticket), this.#options.limits.replyBytes);
  }

  async #serveFree(op: string, payload: Uint8Array): Promise<Uint8Array> {
    const summary = this.#reader.newCall(isCallOp(op) ? op : "unknown", payload);
    if (!this.#meter.takeFreeCall()) {
      const reason = `a run may make ${this.#options.policy.maxFreeCalls} calls besides those of models and tools`;
      throw this.#reader.refusal(summary, { code: "too_many_calls", reason });
    }
    const call = this.#reader.read(op, payload, summary);
    switch (call.op) {
      case "list_models":
      case "list_tools":
        return this.#calls.serve(this.#calls.openList(call, summary));
      case "cancel":
        try {
          this.#tickets.cancel(call.ticket);
        } catch (thrown) {
          throw this.#refusalOf(summary, thrown);
        }
        return emptyReply();
      default:
        throw new Error(`${call.op} is served elsewhere`);
    }
  }

  /** A ticket that does not exist is the guest's mistake. */
  #refusalOf(summary: CallSummary, thrown: unknown): unknown {
    return thrown instanceof CallError
      ? this.#reader.refusal(summary, { code: thrown.code, reason: thrown.message })
      : thrown;
  }

  async #refused({ code, reason }: Denial): Promise<Uint8Array> {
    if (++this.#refusals > quickRefusals) await pause();
    return errorReply(code, reason);
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
