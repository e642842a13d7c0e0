import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "../faults.js";

/** A request, as the tests that look at it want it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed, where it was JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The client's port: the same for requests that shared a connection. */
  readonly clientPort: number;
  /** Whether the client stayed to the end of the answer. */
  readonly ended: Promise<"answered" | "left">;
}

/** One request and its answer. */
export interface Exchange extends Received {
  readonly response: ServerResponse;
  /** Aborted when the client goes. */
  readonly left: AbortSignal;
  readonly fault: Fault | undefined;
}

const maxBodyBytes = 256 * 1024 * 1024;

export async function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  takeFault: (path: string) => Fault | undefined,
): Promise<Exchange> {
  const leaving = new AbortController();
  const ended = new Promise<"answered" | "left">((resolve) => {
    response.once("close", () => {
      leaving.abort();
      resolve(response.writableFinished ? "answered" : "left");
    });
  });
  const path = new URL(request.url ?? "/", "http://server").pathname;
  return {
    method: request.method ?? "GET",
    path,
    headers: request.headers,
    body: await readBody(request),
    clientPort: request.socket.remotePort ?? 0,
    ended,
    response,
    left: leaving.signal,
    fault: takeFault(path),
  };
}

export function sendJson(
  { response }: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendBody(response, status, JSON.stringify(body), {
    "content-type": "application/json; charset=utf-8",
    ...headers,
  });
}

export function sendBody(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body)) });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBodyBytes) {
      request.destroy();
      return {};
    }
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
