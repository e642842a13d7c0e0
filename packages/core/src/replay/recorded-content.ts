/** Texts and bytes in a record, which is JSON. */
import { fromTextBytes, toTextBytes } from "@wasmforge/bridge";
import type { RecordedContent } from "./run-record.js";

const charsPerStep = 0x8000;

export function toRecorded(content: string | Uint8Array): RecordedContent {
  return typeof content === "string" ? { text: content } : { base64: toBase64(content) };
}

export function fromRecorded(content: RecordedContent): string | Uint8Array {
  return "text" in content ? content.text : fromBase64(content.base64);
}

export function bytesOf(content: RecordedContent): Uint8Array {
  return "text" in content ? toTextBytes(content.text) : fromBase64(content.base64);
}

/** Replies are JSON as UTF-8, so a text says them exactly. Should one be something else, its bytes are kept. */
export function toRecordedText(bytes: Uint8Array): RecordedContent {
  const text = fromTextBytes(bytes);
  return isSame(toTextBytes(text), bytes) ? { text } : toRecorded(bytes);
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += charsPerStep) {
    binary += String.fromCharCode(...bytes.subarray(at, at + charsPerStep));
  }
  return btoa(binary);
}

function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
