import { toTextBytes } from "../protocol-text.js";
import type { CallError } from "./call-error.js";

/** How a begun call ended. */
export type TicketEnd = { readonly json: string } | { readonly error: CallError };

/** The end of a ticket's news, as the guest will read it. */
export interface ToldEnd {
  readonly json: string;
  readonly bytes: number;
}

/** A begun call, as far as the guest has not seen it. */
export class Ticket {
  /** What a stream said and the guest has not read. */
  text = "";
  end: ToldEnd | undefined;
  held = 0;
  onRead: (() => void) | undefined;

  constructor(
    readonly number: number,
    readonly cancel: () => void,
  ) {}

  /** Never half a surrogate pair whose other half is to come: joined, the halves would be two characters in Python. */
  readable(maxChars: number): string {
    const text = this.text.slice(0, Math.max(maxChars, 0));
    const mayGoOn = text.length < this.text.length || !this.end;
    return mayGoOn && isFirstHalf(text.charCodeAt(text.length - 1)) ? text.slice(0, -1) : text;
  }
}

export function toTold(end: TicketEnd): ToldEnd {
  const json =
    "json" in end
      ? `,"done":true,"ok":${end.json}`
      : `,"done":true,"error":${JSON.stringify({ code: end.error.code, message: end.error.message })}`;
  return { json, bytes: toTextBytes(json).length };
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
