import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import type { ProviderError } from "@wasmforge/bridge";
import { toAbortError } from "../call-scope.js";
import { malformed, unreachable } from "../http/failure.js";
import type { HttpRequest, HttpResponse, HttpTransport } from "../http/transport.js";

export interface NodeTransportOptions {
  /** @default 5000 */
  readonly connectTimeoutMs?: number;
}

/**
 * Node's own HTTP client with connections kept alive. Not `fetch`: that one ends whatever has sent no headers for five
 * minutes, and a model that loads sends none; and its connections cannot be ended by whoever made them.
 */
export function nodeTransport({ connectTimeoutMs = 5_000 }: NodeTransportOptions = {}): HttpTransport {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });

  const sendOnce = ({ url, method, signal, headers }: HttpRequest, body: Uint8Array | undefined) =>
    new Promise<HttpResponse>((resolve, reject) => {
      const isSecure = url.startsWith("https:");
      const options = {
        method,
        headers: body === undefined ? headers : { ...headers, "content-length": String(body.length) },
        signal,
        agent: isSecure ? https : http,
      };
      const sent = isSecure ? requestHttps(url, options) : requestHttp(url, options);
      const stopTimer = limitConnecting(sent, connectTimeoutMs, isSecure ? "secureConnect" : "connect");
      let failure: Error | undefined;
      sent.once("socket", surviveErrors);
      sent.once("response", (response) => {
        stopTimer();
        resolve(toResponse(response, (error) => toError(failure ?? error, signal)));
      });
      // Without a listener Node would end the request and tell nobody, not even when it is aborted.
      sent.once("upgrade", (_, socket) => {
        stopTimer();
        socket.destroy();
        reject(malformed("it went over to another protocol"));
      });
      // It stays: what goes wrong after the headers is told here, and the body only hears that it was cut off.
      sent.on("error", (error) => {
        stopTimer();
        failure = error;
        reject(sent.reusedSocket && !signal.aborted ? new StaleConnection(error) : toError(error, signal));
      });
      sent.end(body);
    });

  return {
    async send(request) {
      if (request.signal.aborted) {
        throw toAbortError(request.signal);
      }
      const body = request.body === undefined ? undefined : new TextEncoder().encode(request.body);
      for (;;) {
        try {
          return await sendOnce(request, body);
        } catch (error) {
          // A server may close a kept connection at the moment that it is used again: nobody's fault, and each
          // time there is one kept connection less.
          if (!(error instanceof StaleConnection)) {
            throw error;
          }
        }
      }
    },
    async [Symbol.asyncDispose]() {
      http.destroy();
      https.destroy();
    },
  };
}

const surviving = new WeakSet<Socket>();

/**
 * An aborted request ends its connection with an error. While a connection goes from a request back to the agent there is a
 * moment in which Node listens for none of its errors, and an answer may be aborted just then.
 */
function surviveErrors(socket: Socket): void {
  if (!surviving.has(socket)) {
    surviving.add(socket);
    socket.on("error", () => {});
  }
}

class StaleConnection extends Error {
  constructor(cause: unknown) {
    super("a kept connection was closed", { cause });
  }
}

function limitConnecting(
  sent: ClientRequest,
  timeoutMs: number,
  connected: "connect" | "secureConnect",
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  sent.once("socket", (socket) => {
    if (socket.connecting) {
      timer = setTimeout(() => sent.destroy(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs);
      socket.once(connected, stop);
    }
  });
  return stop;
}

function toResponse(message: IncomingMessage, explain: (error: unknown) => ProviderError): HttpResponse {
  // Whoever reads hears of it; when nobody does any more, it must not end the process.
  message.on("error", () => {});
  return {
    status: message.statusCode ?? 0,
    header: (name) => message.headers[name]?.toString(),
    body: read(message, explain),
    discard: () => message.destroy(),
  };
}

async function* read(
  message: IncomingMessage,
  explain: (error: unknown) => ProviderError,
): AsyncGenerator<Uint8Array> {
  try {
    // To leave this loop early destroys the message, and with it the connection.
    yield* message;
  } catch (error) {
    throw explain(error);
  }
}

function toError(error: unknown, signal: AbortSignal): ProviderError {
  if (signal.aborted) {
    return toAbortError(signal);
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const detail = `${code} ${error instanceof Error ? error.message : "failed"}`;
  return code.startsWith("HPE_") ? malformed(detail, error) : unreachable(detail, error);
}
