/**
 * The first WasmForge's protocol, in which calls and printed text share one pair of streams:
 *
 *   stdout: {"type":"ai_call","model":…,"prompt":…} or {"type":"list_models"}, one object a line; all else is output
 *   stdin:  the input's lines, and {"type":"result","data":…} or {"type":"error","error":…} in answer to a call
 *
 * There, printed text that looked like a call was one, and the input's second line was taken for an answer. The
 * protocol cannot say what is meant, but what a plugin does next can: it reads after it has called. So a line is a
 * call only if it is the last thing printed when the guest reads, and a read gets one line at most: the answer to
 * the call if there is one, or else the next line of the input.
 */
import {
  type BlockingDoor,
  type CallOp,
  parseGuestObject,
  parseReply,
  type Reply,
  toTextBytes,
} from "@wasmforge/bridge";
import { joined } from "../bytes.js";

const newline = 0x0a;
const openingBrace = 0x7b;
/** No call is longer. A longer line is output, and not held back. */
const maxCallBytes = 1024 * 1024;

export class LineConversation {
  readonly #door: BlockingDoor;
  readonly #print: (chunk: Uint8Array) => void;
  #input: Uint8Array;
  /** What a read has begun to deliver. */
  #delivering: Uint8Array = new Uint8Array();
  /** The last thing printed, as long as it is or may become a call. */
  #held: Uint8Array = new Uint8Array();
  #isAtLineStart = true;

  constructor(input: Uint8Array, door: BlockingDoor, print: (chunk: Uint8Array) => void) {
    this.#input = input.at(-1) === newline ? input : joined([input, Uint8Array.of(newline)]);
    this.#door = door;
    this.#print = print;
  }

  /** Takes what the guest prints. */
  write(chunk: Uint8Array): void {
    const text = joined([this.#held, chunk]);
    // A line's own end is the end of the text, not the beginning of another line.
    const lastLine = text.lastIndexOf(newline, text.length - 2) + 1;
    const startsLine = lastLine > 0 || this.#isAtLineStart;
    const mayBeCall = startsLine && text[lastLine] === openingBrace && text.length - lastLine <= maxCallBytes;
    const output = mayBeCall ? text.subarray(0, lastLine) : text;
    this.#held = text.slice(output.length);
    this.#release(output);
  }

  /** What the guest reads: the rest of a line, or one line at most. Nothing: the end. */
  read(size: number): Uint8Array {
    if (this.#delivering.length === 0) {
      this.#delivering = this.#answer() ?? this.#nextInputLine();
    }
    const bytes = this.#delivering.subarray(0, size);
    this.#delivering = this.#delivering.subarray(bytes.length);
    return bytes;
  }

  /** Nothing more will be printed: what was held back is output. */
  end(): void {
    const held = this.#held;
    this.#held = new Uint8Array();
    this.#release(held);
  }

  #release(output: Uint8Array): void {
    if (output.length > 0) {
      this.#isAtLineStart = output.at(-1) === newline;
      this.#print(output);
    }
  }

  #nextInputLine(): Uint8Array {
    const end = this.#input.indexOf(newline) + 1;
    const line = this.#input.subarray(0, end);
    this.#input = this.#input.subarray(end);
    return line;
  }

  #answer(): Uint8Array | undefined {
    const call = this.#held.at(-1) === newline ? callFrom(this.#held) : undefined;
    if (!call) {
      return undefined;
    }
    this.#held = new Uint8Array();
    const reply = parseReply(this.#door(call.op, toTextBytes(JSON.stringify(call.fields))));
    return toTextBytes(`${JSON.stringify(lineFrom(call.op, reply))}\n`);
  }
}

/** Whether its fields are right is for the host's gate to say, which hears of this call like of any other. */
function callFrom(line: Uint8Array): { op: CallOp; fields: object } | undefined {
  const message = parseGuestObject(line);
  switch (message?.type) {
    case "ai_call":
      return { op: "call_ai", fields: { model: message.model, prompt: message.prompt } };
    case "list_models":
      return { op: "list_models", fields: {} };
    default:
      return undefined;
  }
}

function lineFrom(op: CallOp, reply: Reply): object {
  if ("error" in reply) {
    return { type: "error", error: reply.error.message };
  }
  const data = op === "list_models" ? JSON.stringify(reply.ok) : reply.ok;
  return { type: "result", data };
}
