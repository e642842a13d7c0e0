/** A client of the platform, as anybody could write it. */
import { randomBytes } from "node:crypto";
import { readEvents, type ServerEvent } from "../test/read-events.js";

export interface Answer {
  readonly status: number;
  readonly runId: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: whoever asks knows what is answered
  readonly body: any;
}

/** Far more than any answer takes. */
const patienceMs = 120_000;

export class Client {
  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  /** A form is sent as one, anything else as JSON. */
  async ask(method: string, path: string, body?: FormData | object): Promise<Answer> {
    const isForm = body instanceof FormData;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && !isForm && { "content-type": "application/json" }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    }).catch((cause) => {
      throw new Error(`${method} ${path} was not answered`, { cause });
    });
    return {
      status: response.status,
      runId: response.headers.get("x-run-id"),
      body: await response.json().catch(() => undefined),
    };
  }

  /** The events of a run. Leaving the loop cuts the connection. Throws a `Refused` where there is no run. */
  async *stream(fields: Record<string, string>): AsyncGenerator<ServerEvent> {
    const leaving = new AbortController();
    const response = await fetch(`${this.url}/api/plugins/run/stream`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}` },
      body: new URLSearchParams(fields),
      signal: AbortSignal.any([leaving.signal, AbortSignal.timeout(patienceMs)]),
    });
    try {
      if (response.status !== 200) throw new Refused(response.status);
      yield* readEvents(response.body as ReadableStream<Uint8Array>);
    } finally {
      leaving.abort();
    }
  }
}

export class Refused extends Error {
  constructor(readonly status: number) {
    super(`refused with ${status}`);
  }
}

export const newCanary = (): string => `canary-${randomBytes(8).toString("hex")}`;
