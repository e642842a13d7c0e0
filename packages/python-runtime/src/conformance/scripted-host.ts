import {
  type BlockingDoor,
  type Call,
  encodeReply,
  ProtocolError,
  parseCall,
  protocolErrorReply,
  type Reply,
} from "@wasmforge/bridge";

export type BegunCall = Extract<Call, { readonly op: "begin" }>;

/** What a begun call tells: text as it comes, and how it ends. */
export type News = { readonly text?: string } & (Reply | object);

export interface Script {
  /** The answer to a call that is answered at once. @default null */
  readonly answer?: (call: Call) => Reply | undefined;
  /** All that a begun call will tell, in order; or why it does not begin. @default `ECHO:` and its prompt */
  readonly begun?: (call: BegunCall, ticket: number) => readonly News[] | Reply;
}

/**
 * The host's side of the SDK, without time: every `next` gives one piece of news for each ticket that has any, the
 * youngest ticket first. Where there is none it answers as if the time were over, or fails if that could never be.
 */
export class ScriptedHost {
  /** What the guest asked for, in order. */
  readonly calls: Call[] = [];
  readonly #script: Script;
  readonly #open = new Map<number, News[]>();
  #tickets = 0;

  constructor(script: Script = {}) {
    this.#script = script;
  }

  readonly door: BlockingDoor = (op, payload) => {
    try {
      const call = parseCall(op, payload);
      this.calls.push(call);
      return encodeReply(this.#reply(call));
    } catch (error) {
      if (error instanceof ProtocolError) return encodeReply(protocolErrorReply(error));
      throw error;
    }
  };

  get ops(): readonly string[] {
    return this.calls.map(({ op }) => op);
  }

  /** Tickets that have neither ended nor been cancelled. */
  get open(): readonly number[] {
    return [...this.#open.keys()];
  }

  #reply(call: Call): Reply {
    switch (call.op) {
      case "begin":
        return this.#begin(call);
      case "next":
        return this.#next(call);
      case "cancel":
        this.#open.delete(call.ticket);
        return { ok: null };
      default:
        return this.#script.answer?.(call) ?? { ok: null };
    }
  }

  #begin(call: BegunCall): Reply {
    const ticket = this.#tickets + 1;
    const told = this.#script.begun?.(call, ticket) ?? echo(call);
    if ("ok" in told || "error" in told) return told;
    this.#tickets = ticket;
    this.#open.set(ticket, [...(told as readonly News[])]);
    return { ok: ticket };
  }

  #next({ tickets, timeout_ms }: Extract<Call, { readonly op: "next" }>): Reply {
    if (tickets.some((ticket) => !this.#open.has(ticket))) {
      return { error: { code: "unknown_ticket", message: "a ticket is at its end, or never was" } };
    }
    const news = tickets.toReversed().flatMap((ticket) => this.#newsOf(ticket));
    if (news.length === 0 && timeout_ms === undefined) throw new Error("the guest would wait for ever");
    return { ok: news };
  }

  #newsOf(ticket: number): { readonly ticket: number }[] {
    const news = this.#open.get(ticket)?.shift();
    if (news === undefined) return [];
    const isLast = "ok" in news || "error" in news;
    if (isLast) this.#open.delete(ticket);
    return [{ ticket, ...news, ...(isLast && { done: true }) }];
  }
}

function echo({ call }: BegunCall): readonly News[] {
  return [{ ok: call.op === "call_ai" ? `ECHO:${call.prompt}` : null }];
}

export function refusal(code: string, message = "no"): Reply {
  return { error: { code, message } };
}
