import type { OutputItem } from "../output.js";
import { toPrintable } from "../printable.js";
import {
  type CallOf,
  type CallOp,
  isCallOp,
  type MeteredCall,
  ProtocolError,
  parseCall,
} from "../protocol.js";
import { toTextBytes } from "../protocol-text.js";
import { type CallError, fromHost } from "./call-error.js";
import { Calls } from "./calls.js";
import type { Gate, GateAnswer, GateUsage } from "./gate.js";
import type { CallSummary } from "./gate-event.js";
import type { GateOptions } from "./gate-options.js";
import { type Denial, Journal } from "./journal.js";
import { Meter } from "./meter.js";
import { OpenCall } from "./open-call.js";
import { emptyReply, errorReply, okReply } from "./reply.js";
import { maxOpenTickets, Tickets } from "./tickets.js";

/** A gate for one run. Whoever makes it closes it. */
export function createGate(options: GateOptions): Gate {
  return new RunGate(options);
}

/** More refused calls than this, and each further one takes a millisecond: a guest cannot keep its host busy with them. */
const quickRefusals = 100;
/** A million empty texts are not free: each costs the host an object. */
const leastItemBytes = 32;
const maxProgressChars = 500;
const noNews = "[]";
/** What a timer of JavaScript can wait at most. */
const maxTimerMs = 2 ** 31 - 1;

type MeteredOp = MeteredCall["op"] | "begin";

class RunGate implements Gate {
  readonly #options: GateOptions;
  readonly #timeLeftMs: () => number;
  readonly #journal: Journal;
  readonly #meter: Meter;
  readonly #calls: Calls;
  readonly #tickets: Tickets;
  readonly #outputs: OutputItem[] = [];
  #refusals = 0;
  #stop: "output" | "aborted" | undefined;

  constructor(options: GateOptions) {
    const { limits, signal } = options;
    const madeAt = performance.now();
    const now = options.now ?? (() => performance.now() - madeAt);
    this.#options = options;
    this.#timeLeftMs = options.timeLeftMs ?? (() => limits.wallTimeMs - now());
    this.#journal = new Journal(now, options.on);
    this.#meter = new Meter(limits, options.policy.maxFreeCalls);
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
    return this.#outputs;
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
          return this.#takeOutput(op, payload);
        case "log":
          return this.#takeLog(payload);
        case "progress":
          return await this.#takeProgress(payload);
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
      return thrown instanceof Refused ? this.#refused(thrown.denial) : toReply(fromHost(thrown));
    }
  }

  #takeOutput(op: "send_output" | "send_json", payload: Uint8Array): Uint8Array {
    // Before anything is read. A value comes with its text, and only the larger of the two counts in the end.
    const least = op === "send_json" ? Math.ceil(payload.byteLength / 2) : payload.byteLength;
    if (!this.#meter.takeOutput(Math.max(least, leastItemBytes))) {
      this.#end("output");
      return emptyReply();
    }
    const call = this.#parse(op, payload, this.#newCall(op, payload), Number.POSITIVE_INFINITY);
    const item = toOutputItem(call);
    const textBytes = op === "send_json" ? toTextBytes(item.text).length : least;
    const bytes = Math.max(textBytes, payload.byteLength - textBytes);
    if (!this.#meter.takeOutput(bytes - least)) {
      this.#end("output");
      return emptyReply();
    }
    this.#meter.outputBytes += bytes;
    this.#outputs.push(item);
    this.#journal.tell({ type: "output", item });
    return emptyReply();
  }

  #takeLog(payload: Uint8Array): Uint8Array {
    if (!this.#meter.takeLog(Math.max(payload.byteLength, leastItemBytes))) {
      this.#end("output");
      return emptyReply();
    }
    const call = this.#parse("log", payload, this.#newCall("log", payload), Number.POSITIVE_INFINITY);
    this.#journal.tell({ type: "log", level: call.level, message: toPrintable(call.message) });
    return emptyReply();
  }

  /** Nobody's run should fail for its progress: what is too much of it is dropped, a millisecond each. */
  async #takeProgress(payload: Uint8Array): Promise<Uint8Array> {
    if (!this.#meter.takeFreeCall()) {
      await pause();
      return emptyReply();
    }
    const { fraction, message } = this.#read("progress", payload, this.#newCall("progress", payload));
    this.#journal.tell({ type: "progress", fraction, message: toPrintable(message, maxProgressChars) });
    return emptyReply();
  }

  /** News are paid for by the calls that they are of. Asking in vain is what costs. */
  async #tellNews(payload: Uint8Array): Promise<Uint8Array> {
    const call = this.#read("next", payload, this.#newCall("next", payload));
    const timeoutMs = Math.min(call.timeout_ms ?? maxTimerMs, this.#timeLeftMs(), maxTimerMs);
    const news = await this.#tickets.next(call.tickets, timeoutMs);
    if (news === noNews && !this.#meter.takeFreeCall()) await pause();
    return okReply(news, this.#options.limits.replyBytes);
  }

  async #serveMetered(op: MeteredOp, payload: Uint8Array): Promise<Uint8Array> {
    this.#meter.calls++;
    const summary = this.#newCall(op, payload);
    const call = this.#read(op, payload, summary);
    if (call.op === "begin" && this.#tickets.isFull) {
      throw this.#refusal(summary, {
        code: "too_many_tickets",
        reason: `a run may have ${maxOpenTickets} open tickets`,
      });
    }
    const asked = call.op === "begin" ? call.call : call;
    const admitted = await this.#calls.admit(asked, summary);
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
    const summary = this.#newCall(isCallOp(op) ? op : "unknown", payload);
    if (!this.#meter.takeFreeCall()) {
      const reason = `a run may make ${this.#options.policy.maxFreeCalls} calls besides those of models and tools`;
      throw this.#refusal(summary, { code: "too_many_calls", reason });
    }
    const call = this.#read(op, payload, summary);
    switch (call.op) {
      case "list_models":
      case "list_tools":
        return this.#calls.serve(this.#calls.openList(call, summary));
      case "cancel":
        this.#tickets.cancel(call.ticket);
        return emptyReply();
      default:
        throw new Error(`${call.op} is served elsewhere`);
    }
  }

  #newCall(op: CallOp | "unknown", payload: Uint8Array): CallSummary {
    return this.#journal.newCall(op, payload.byteLength);
  }

  /** Understands a call, as long as the run may have more read. */
  #read<Op extends string>(op: Op, payload: Uint8Array, summary: CallSummary): CallOf<Op> {
    const { callBytes, callBytesTotal } = this.#options.limits;
    if (!this.#meter.takeCallBytes(payload.byteLength)) {
      const reason = `all calls of a run may carry ${callBytesTotal} bytes together`;
      throw this.#refusal(summary, { code: "too_large", reason });
    }
    return this.#parse(op, payload, summary, callBytes);
  }

  #parse<Op extends string>(
    op: Op,
    payload: Uint8Array,
    summary: CallSummary,
    maxPayloadBytes: number,
  ): CallOf<Op> {
    try {
      return parseCall(op, payload, { maxPayloadBytes });
    } catch (thrown) {
      if (!(thrown instanceof ProtocolError)) throw thrown;
      throw this.#refusal(summary, { code: thrown.code, reason: thrown.message });
    }
  }

  /** The host is told, and then the guest. */
  #refusal(summary: CallSummary, denial: Denial): Refused {
    this.#journal.denied(summary, denial);
    return new Refused(denial);
  }

  async #refused({ code, reason }: Denial): Promise<Uint8Array> {
    if (++this.#refusals > quickRefusals) await pause();
    return errorReply(code, reason);
  }
}

function toOutputItem(call: CallOf<"send_output" | "send_json">): OutputItem {
  return call.op === "send_output"
    ? { kind: "text", text: call.text }
    : { kind: "json", value: call.value, text: call.text ?? JSON.stringify(call.value) };
}

/** Thrown to its own gate. */
class Refused extends Error {
  constructor(readonly denial: Denial) {
    super(denial.reason);
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

function toReply({ code, message }: CallError): Uint8Array {
  return errorReply(code, message);
}
