import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Exchange } from "./exchange.js";

/** An answer that is sent as it is made, in whichever format. */
export interface AnswerStream {
  readonly contentType: string;
  /** The encoded lines of the tokens, in order. */
  readonly pieces: readonly string[];
  /** What closes a complete answer. */
  readonly last: string;
  readonly toErrorLine: (message: string) => string;
  /** How a line begins whose text has no end. */
  readonly hugeLineStart: string;
  readonly beforeToken?: ((index: number) => Promise<void> | void) | undefined;
}

const filler = "x".repeat(64 * 1024);

/** Sends the answer, unless the fault of this exchange gets in its way. */
export async function sendStream(exchange: Exchange, stream: AnswerStream): Promise<void> {
  const { response, fault, left } = exchange;
  const until = fault !== undefined && "afterTokens" in fault ? (fault.afterTokens ?? 0) : undefined;
  const begin = () => {
    if (!response.headersSent) {
      response.writeHead(200, { "content-type": stream.contentType });
    }
  };

  for (let index = 0; !left.aborted; index++) {
    if (index === until && (await strike(exchange, stream, begin))) {
      return;
    }
    const piece =
      fault?.kind === "endless" ? stream.pieces[index % stream.pieces.length] : stream.pieces[index];
    if (piece === undefined) {
      break;
    }
    await stream.beforeToken?.(index);
    begin();
    await write(response, piece, left);
  }
  if (!left.aborted) {
    begin();
    response.end(stream.last);
  }
}

/** Whether that was the end of the answer. */
async function strike(
  { fault, response, left }: Exchange,
  stream: AnswerStream,
  begin: () => void,
): Promise<boolean> {
  switch (fault?.kind) {
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "cut":
      begin();
      response.end();
      return true;
    case "stall":
      begin();
      response.flushHeaders();
      await gone(left);
      return true;
    case "error":
      begin();
      response.end(stream.toErrorLine(fault.message));
      return true;
    case "insert":
      begin();
      await write(response, fault.bytes, left);
      return false;
    case "hugeLine":
      begin();
      await write(response, stream.hugeLineStart, left);
      for (let sent = 0; sent < fault.bytes && !left.aborted; sent += filler.length) {
        await write(response, filler, left);
      }
      return false;
    default:
      return false;
  }
}

async function write(response: ServerResponse, bytes: string | Uint8Array, left: AbortSignal): Promise<void> {
  if (!response.write(bytes) && !left.aborted) {
    await once(response, "drain", { signal: left }).catch(() => {});
  }
}

export function gone(left: AbortSignal): Promise<void> {
  return left.aborted
    ? Promise.resolve()
    : new Promise((resolve) => left.addEventListener("abort", () => resolve(), { once: true }));
}
