import type { OutputItem } from "../output.js";
import { toPrintable } from "../printable.js";
import type { CallOf } from "../protocol.js";
import { toTextBytes } from "../protocol-text.js";
import type { CallReader } from "./call-reader.js";
import type { Journal } from "./journal.js";
import type { Meter } from "./meter.js";

/** A million empty texts are not free: each costs the host an object. */
const leastItemBytes = 32;
const maxProgressChars = 500;

/** What a guest tells its user and its platform. Each is weighed before it is read, and told in its order. */
export class Messages {
  readonly outputs: OutputItem[] = [];
  readonly #reader: CallReader;
  readonly #meter: Meter;
  readonly #journal: Journal;

  constructor(reader: CallReader, meter: Meter, journal: Journal) {
    this.#reader = reader;
    this.#meter = meter;
    this.#journal = journal;
  }

  /** Whether there was room for it. */
  takeOutput(op: "send_output" | "send_json", payload: Uint8Array): boolean {
    // A value comes with its text, and only the larger of the two counts in the end.
    const least = op === "send_json" ? Math.ceil(payload.byteLength / 2) : payload.byteLength;
    if (!this.#meter.takeOutput(Math.max(least, leastItemBytes))) return false;
    const item = toOutputItem(this.#reader.readCharged(op, payload));
    const textBytes = op === "send_json" ? toTextBytes(item.text).length : least;
    const bytes = Math.max(textBytes, payload.byteLength - textBytes);
    if (!this.#meter.takeOutput(bytes - least)) return false;
    this.#meter.outputBytes += bytes;
    this.outputs.push(item);
    this.#journal.tell({ type: "output", item });
    return true;
  }

  /** Whether there was room for it. */
  takeLog(payload: Uint8Array): boolean {
    if (!this.#meter.takeLog(Math.max(payload.byteLength, leastItemBytes))) return false;
    const { level, message } = this.#reader.readCharged("log", payload);
    this.#journal.tell({ type: "log", level, message: toPrintable(message) });
    return true;
  }

  /** Whether it was told: nobody's run should fail for its progress, so what is too much of it is dropped. */
  takeProgress(payload: Uint8Array): boolean {
    if (!this.#meter.takeFreeCall()) return false;
    const summary = this.#reader.newCall("progress", payload);
    const { fraction, message } = this.#reader.read("progress", payload, summary);
    this.#journal.tell({ type: "progress", fraction, message: toPrintable(message, maxProgressChars) });
    return true;
  }
}

function toOutputItem(call: CallOf<"send_output" | "send_json">): OutputItem {
  return call.op === "send_output"
    ? { kind: "text", text: call.text }
    : { kind: "json", value: call.value, text: call.text ?? JSON.stringify(call.value) };
}
