import { isIP } from "node:net";
import type { AccessConfiguration } from "../configuration/index.js";
import { Problem } from "../problem.js";

export interface RequestHead {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/**
 * Keeps pages of other sites away from a server that asks for no token. The browser of its user reaches it, and so does
 * any page in that browser: under a name of its own that leads here, or by sending a form. A page cannot hide its name.
 */
export function refuseForeignPages(access: AccessConfiguration, { method, host, origin }: RequestHead): void {
  const name = toHostName(host);
  if (!isLocalName(name) && !access.hosts.includes(name)) {
    throw new Problem(
      "forbidden",
      "This server is open to its machine's user alone, and answers to localhost only. " +
        "To reach it by another name set ADMIN_TOKEN, or add the name to ALLOWED_HOSTS.",
    );
  }
  if (method === "GET" || method === "HEAD" || method === "OPTIONS" || origin === undefined) return;
  if (access.origins.includes(origin)) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new Problem(
    "forbidden",
    "A page of another site may not do this. If it is yours, add its origin to ALLOWED_ORIGINS.",
  );
}

const hostForm = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i;

function toHostName(host = ""): string {
  return hostForm.exec(host)?.[1]?.toLowerCase() ?? "";
}

function isLocalName(name: string): boolean {
  return name === "localhost" || name === "[::1]" || (isIP(name) === 4 && name.startsWith("127."));
}
