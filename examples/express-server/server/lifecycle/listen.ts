import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigurationError } from "../configuration/index.js";
import { answerUnreadable } from "../http/answer-unreadable.js";

/** A request must have come whole within this time, an upload on a slow line too. */
const requestTimeoutMs = 120_000;
const headersTimeoutMs = 20_000;
/** Longer than load balancers keep theirs: else one may send a request to a connection that is just being closed. */
const keepAliveTimeoutMs = 65_000;

export function createHttpServer(app: RequestListener): Server {
  const server = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: headersTimeoutMs }, app);
  server.keepAliveTimeout = keepAliveTimeoutMs;
  answerUnreadable(server);
  return server;
}

export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<string> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw new ConfigurationError([explain(error, host, port)]);
  }
  const { port: taken, address, family } = server.address() as AddressInfo;
  const isAny = address === "0.0.0.0" || address === "::";
  const name = isAny ? "localhost" : family === "IPv6" ? `[${address}]` : address;
  return `http://${name}:${taken}`;
}

function explain(error: unknown, host: string, port: number): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "EADDRINUSE":
      return `PORT ${port} is in use by another program: choose another one`;
    case "EACCES":
      return `PORT ${port} may only be used by root: choose one above 1023`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST ${host} is no address of this machine`;
    default:
      throw error;
  }
}

/** Takes no new connections, and cuts off what is not over in time. */
export async function closeHttpServer(server: Server, withinMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(timer);
}
