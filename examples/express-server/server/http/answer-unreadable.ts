import { type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { problemStatus } from "./problem-status.js";

const refusals: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    problemStatus.head_too_large,
    "The address and the headers of a request have 16 KB together at most.",
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [problemStatus.too_large, "The request has too much between its pieces."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to come."],
};
const malformed = [problemStatus.invalid, "This is not an HTTP request that can be understood."] as const;

/** What cannot be read as a request reaches no handler. It is refused here, in the form of all other refusals. */
export function answerUnreadable(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on("request", ({ socket }, response) => latest.set(socket, response));
  server.on("clientError", ({ code = "" }: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || !hasRoom(latest.get(socket))) socket.destroy();
    else socket.end(toAnswer(...(refusals[code] ?? malformed)), () => socket.destroy());
  });
}

/** In an answer that is under way, or before one that waits for its turn, another would be taken for a part of it. */
function hasRoom(response: ServerResponse | undefined): boolean {
  return !response || response.writableFinished || (response.socket !== null && !response.headersSent);
}

function toAnswer(status: number, detail: string): string {
  const body = JSON.stringify({ detail });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
