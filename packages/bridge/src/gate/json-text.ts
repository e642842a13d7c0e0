import { isPlainObject } from "../plain-data.js";
import { CallError } from "./call-error.js";

const maxDepth = 100;
const maxValues = 200_000;

/**
 * A tool's result as JSON. It is written here and not by `JSON.stringify`, which calls `toJSON`, drops what it cannot
 * say, and finds out how large something is only when it has been made.
 */
export function toJsonText(value: unknown, maxChars: number): string {
  const writer = new Writer(maxChars);
  try {
    writer.write(value === undefined ? null : value, 0);
  } catch (thrown) {
    // A getter, or a proxy.
    throw thrown instanceof CallError ? thrown : notJson(thrown);
  }
  return writer.pieces.join("");
}

class Writer {
  readonly pieces: string[] = [];
  #charsLeft: number;
  #valuesLeft = maxValues;

  constructor(maxChars: number) {
    this.#charsLeft = maxChars;
  }

  write(value: unknown, depth: number): void {
    this.#valuesLeft--;
    if (this.#valuesLeft < 0) {
      throw new CallError("reply_too_large", `the tool's result has more than ${maxValues} values`);
    }
    if (depth > maxDepth) {
      throw new CallError("bad_tool_result", "the tool's result is nested too deeply, or contains itself");
    }
    if (value === null || typeof value === "boolean") {
      this.#put(String(value));
    } else if (typeof value === "string") {
      this.#putText(value);
    } else if (typeof value === "number" && Number.isFinite(value)) {
      this.#put(String(value));
    } else if (Array.isArray(value)) {
      this.#putList(value, depth);
    } else if (isPlainObject(value)) {
      this.#putObject(value, depth);
    } else {
      throw new CallError(
        "bad_tool_result",
        "the tool's result is not JSON: return texts, finite numbers, lists …",
      );
    }
  }

  #putList(list: readonly unknown[], depth: number): void {
    // Its length may be a lie, but the values are counted as they come.
    this.#put("[");
    for (let at = 0; at < list.length; at++) {
      if (at > 0) this.#put(",");
      this.write(list[at], depth + 1);
    }
    this.#put("]");
  }

  #putObject(object: Readonly<Record<string, unknown>>, depth: number): void {
    this.#put("{");
    let isFirst = true;
    for (const name of Object.keys(object)) {
      const value = object[name];
      // As everywhere in JavaScript, a field without a value is a field that is not there.
      if (value === undefined) continue;
      if (!isFirst) this.#put(",");
      isFirst = false;
      this.#putText(name);
      this.#put(":");
      this.write(value, depth + 1);
    }
    this.#put("}");
  }

  #putText(text: string): void {
    // Before it is escaped, which makes it six times as long at most.
    this.#reserve(text.length);
    this.pieces.push(JSON.stringify(text));
  }

  #put(piece: string): void {
    this.#reserve(piece.length);
    this.pieces.push(piece);
  }

  #reserve(chars: number): void {
    this.#charsLeft -= chars;
    if (this.#charsLeft < 0) {
      throw new CallError("reply_too_large", "the tool's result is larger than a reply may be");
    }
  }
}

function notJson(cause?: unknown): CallError {
  return new CallError("bad_tool_result", "the tool's result is not JSON", { cause });
}
