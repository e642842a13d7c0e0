/** A client of the platform, as anybody could write it. */
import { randomBytes } from "node:crypto";

export interface Answer {
  readonly status: number;
  readonly runId: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: whoever asks knows what is answered
  readonly body: any;
}

export type RunEvent = Readonly<Record<string, unknown>> & { readonly type: string };

/** Far more than any answer takes. */
const patienceMs = 120_000;

export class Client {
  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  async ask(method: string, path: string, body?: Record<string, string | File> | object): Promise<Answer> {
    const isForm = path.endsWith("/upload") || path.endsWith("/run");
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && !isForm && { "content-type": "application/json" }),
      },
      ...(body && { body: isForm ? toForm(body as Record<string, string | File>) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return {
      status: response.status,
      runId: response.headers.get("x-run-id"),
      body: await response.json().catch(() => undefined),
    };
  }

  /** The events of a run. Leaving the loop cuts the connection. Throws a `Refused` where there is no run. */
  async *stream(fields: Record<string, string>): AsyncGenerator<RunEvent> {
    const leaving = new AbortController();
    const response = await fetch(`${this.url}/api/plugins/run/stream`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}` },
      body: new URLSearchParams(fields),
      signal: AbortSignal.any([leaving.signal, AbortSignal.timeout(patienceMs)]),
    });
    try {
      if (response.status !== 200) throw new Refused(response.status);
      let text = "";
      const decoder = new TextDecoder();
      for await (const chunk of response.body as ReadableStream<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data !== undefined) yield JSON.parse(data);
        }
      }
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

function toForm(fields: Record<string, string | File>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
