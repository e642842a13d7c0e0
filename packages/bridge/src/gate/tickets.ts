import type { ResolvedLimits } from "../limits/limits.js";
import { toTextBytes } from "../protocol-text.js";
import { CallError } from "./call-error.js";
import { Ticket, type TicketEnd, toTold } from "./ticket.js";
import { Waiting } from "./waiting.js";

export const maxOpenTickets = 1_000;
/** A stream that the guest does not read is held back beyond this. */
const maxUnreadChars = 256 * 1024;
/** `{"ok":[…]}`, and around each ticket's news `{"ticket":…,"done":true,…}`. */
const envelopeBytes = 64;
/** What one unit of text becomes in JSON at most: `\u0000`. */
const mostBytesOfUnit = 6;

/**
 * The calls that a guest has begun and has not seen the end of. A ticket is open from `begin` until its end was told or
 * it was cancelled; what is known of it in between is held here, within `heldBytes`.
 */
export class Tickets {
  readonly #open = new Map<number, Ticket>();
  readonly #waiting = new Set<Waiting>();
  readonly #replyBytes: number;
  readonly #heldBytes: number;
  #last = 0;
  #held = 0;

  constructor({ replyBytes, heldBytes }: Pick<ResolvedLimits, "replyBytes" | "heldBytes">) {
    this.#replyBytes = replyBytes - envelopeBytes;
    this.#heldBytes = heldBytes;
  }

  get isFull(): boolean {
    return this.#open.size >= maxOpenTickets;
  }

  open(cancel: () => void): Ticket {
    const ticket = new Ticket(++this.#last, cancel);
    this.#open.set(ticket.number, ticket);
    return ticket;
  }

  /** Resolves when the guest has read enough for more; absent when it has already. */
  write(ticket: Ticket, text: string): Promise<void> | undefined {
    if (!this.#open.has(ticket.number)) return undefined;
    ticket.text += text;
    this.#hold(ticket, text.length);
    this.#tell(ticket);
    if (ticket.text.length <= maxUnreadChars && this.#held <= this.#heldBytes) return undefined;
    return new Promise((resolve) => {
      ticket.onRead = resolve;
    });
  }

  /** How many bytes this is, or a `reply_too_large` where there is no room for it. */
  measure(json: string): number {
    const bytes = toTextBytes(json).length;
    if (bytes + envelopeBytes > this.#replyBytes) {
      throw new CallError("reply_too_large", "the answer is larger than a reply may be");
    }
    if (this.#held + json.length > this.#heldBytes) {
      throw new CallError(
        "reply_too_large",
        "too many answers wait to be fetched; fetch before you begin more",
      );
    }
    return bytes;
  }

  end(ticket: Ticket, end: TicketEnd): void {
    if (!this.#open.has(ticket.number)) return;
    ticket.end = toTold(end);
    this.#hold(ticket, ticket.end.json.length);
    this.#tell(ticket);
  }

  /** News as a JSON list, or an empty one when `timeoutMs` is over. */
  async next(numbers: readonly number[], timeoutMs: number): Promise<string> {
    const tickets = new Set(numbers.map((number) => this.#known(number)));
    let news = this.#take(tickets);
    if (news.length === 0 && timeoutMs > 0) {
      const waiting = new Waiting(tickets, timeoutMs);
      this.#waiting.add(waiting);
      while (news.length === 0 && !waiting.isOver) {
        await waiting.news();
        news = this.#take(tickets);
      }
      waiting.end();
      this.#waiting.delete(waiting);
    }
    return `[${news.join(",")}]`;
  }

  cancel(number: number): void {
    if (number > this.#last) throw unknownTicket();
    const ticket = this.#open.get(number);
    if (ticket === undefined) return;
    this.#close(ticket);
    ticket.cancel();
  }

  /** Whoever waits for news gets none. */
  close(): void {
    for (const ticket of this.#open.values()) this.#close(ticket);
    for (const waiting of this.#waiting) waiting.end();
  }

  #known(number: number): Ticket {
    const ticket = this.#open.get(number);
    if (ticket === undefined) throw unknownTicket();
    return ticket;
  }

  #tell(ticket: Ticket): void {
    for (const waiting of this.#waiting) {
      if (waiting.tickets.has(ticket)) waiting.wake();
    }
  }

  /** As much as one reply may carry. What is left over comes with the next one. */
  #take(tickets: Iterable<Ticket>): string[] {
    const news: string[] = [];
    let room = this.#replyBytes;
    for (const ticket of tickets) {
      const item = this.#open.has(ticket.number) ? this.#takeFrom(ticket, room) : undefined;
      if (item === undefined) continue;
      news.push(item.json);
      room -= item.bytes;
    }
    return news;
  }

  #takeFrom(ticket: Ticket, room: number): { readonly json: string; readonly bytes: number } | undefined {
    const text = ticket.readable(Math.floor((room - envelopeBytes) / mostBytesOfUnit));
    const textJson = text === "" ? "" : `,"text":${JSON.stringify(text)}`;
    const textBytes = toTextBytes(textJson).length + envelopeBytes;
    const end = text.length === ticket.text.length ? ticket.end : undefined;
    if (end && textBytes + end.bytes <= room) {
      this.#close(ticket);
      return { json: `{"ticket":${ticket.number}${textJson}${end.json}}`, bytes: textBytes + end.bytes };
    }
    if (text === "") return undefined;
    this.#read(ticket, text.length);
    return { json: `{"ticket":${ticket.number}${textJson}}`, bytes: textBytes };
  }

  #read(ticket: Ticket, chars: number): void {
    ticket.text = ticket.text.slice(chars);
    this.#hold(ticket, -chars);
    ticket.onRead?.();
  }

  #close(ticket: Ticket): void {
    this.#open.delete(ticket.number);
    this.#hold(ticket, -ticket.held);
    ticket.onRead?.();
  }

  #hold(ticket: Ticket, chars: number): void {
    ticket.held += chars;
    this.#held += chars;
  }
}

function unknownTicket(): CallError {
  return new CallError("unknown_ticket", "there is no such ticket, or it is at its end");
}
