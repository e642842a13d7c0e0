/**
 * The `fetch` that the official client is given, one for each call.
 *
 * The client reads whatever a server sends: lines and bodies of any length, and it prints to the console what it cannot
 * understand. So everything is looked at here first, and the client sees only answers that are whole, bounded and in form.
 * It also brings the call's own signal, which the client has no way to take.
 */
import { ProviderError } from "@wasmforge/bridge";
import {
  type CallScope,
  type Clock,
  drain,
  type HttpResponse,
  type HttpTransport,
  type JsonLimits,
  malformed,
  readJsonObject,
  readLines,
  toResponseError,
} from "@wasmforge/providers/toolkit";
import { isPlainToken, type LineMessage, parseLine } from "./line.js";

/** What an answer must be. */
export type Expected =
  | { readonly kind: "object"; readonly limits: JsonLimits }
  /** Lines of JSON, of which one is the last. */
  | { readonly kind: "lines"; readonly isLast: (message: LineMessage) => boolean };

export interface Guard {
  readonly fetch: typeof fetch;
  /** Counts a message that the client gave; whether more came together with it, and can be had without waiting. */
  moreFollow(): boolean;
  /** To be awaited when the client is done: leaves the connection ready for the next call, or ends it. */
  settle(): Promise<void>;
}

export interface GuardOptions {
  readonly transport: HttpTransport;
  readonly signal: CallScope["signal"];
  readonly clock: Clock;
  readonly expected: Expected;
  /** Something of the answer came. */
  readonly onProgress?: () => void;
}

/** A token takes some hundred bytes on its line; schemas, options and all are in the request. */
const lineLimits = { maxLineBytes: 1024 * 1024, maxBytes: 256 * 1024 * 1024 };

export function createGuard(options: GuardOptions): Guard {
  const { transport, signal, clock, expected, onProgress } = options;
  let response: HttpResponse | undefined;
  let draining: Promise<void> | undefined;
  let pending = 0;

  const guardedFetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    response = await transport.send({
      method: init.method === "POST" ? "POST" : "GET",
      url: String(input),
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(typeof init.body === "string" ? { body: init.body } : {}),
      signal,
    });
    if (response.status !== 200) {
      throw await toOllamaError(response);
    }
    const type = response.header("content-type") ?? "";
    if (!/^application\/(x-ndjson|json)\b/i.test(type)) {
      throw malformed(`content type ${JSON.stringify(type)}: is this Ollama?`);
    }
    return expected.kind === "object"
      ? new ReadyResponse(await readJsonObject(response, expected.limits))
      : new Response(toStream(response, expected.isLast));
  };

  const toStream = (answer: HttpResponse, isLast: (message: LineMessage) => boolean) => {
    const batches = readLines(answer.body, lineLimits);
    const encoder = new TextEncoder();
    let failure: unknown;
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          if (failure !== undefined) {
            throw failure;
          }
          const { done, value: lines } = await batches.next();
          if (done) {
            throw malformed("the answer ends before it is done");
          }
          onProgress?.();
          const accepted = accept(lines, isLast);
          failure = accepted.failure;
          if (accepted.lines.length === 0) {
            throw failure;
          }
          pending = accepted.lines.length;
          controller.enqueue(encoder.encode(`${accepted.lines.join("\n")}\n`));
          if (accepted.isEnd) {
            draining = drain(batches, answer, clock);
            controller.close();
          }
        },
      },
      { highWaterMark: 0 },
    );
  };

  return {
    fetch: guardedFetch,
    moreFollow: () => {
      pending -= 1;
      return pending > 0;
    },
    settle: async () => {
      if (draining === undefined) {
        response?.discard();
      } else {
        await draining;
      }
    },
  };
}

/** The client asks for nothing but `json()`, and what that gives was made and measured already. */
class ReadyResponse extends Response {
  readonly #value: LineMessage;

  constructor(value: LineMessage) {
    super(null);
    this.#value = value;
  }

  override async json(): Promise<LineMessage> {
    return this.#value;
  }
}

interface Accepted {
  readonly lines: readonly string[];
  readonly isEnd: boolean;
  /** What is wrong with the line after these. They are good, and come first. */
  readonly failure: unknown;
}

function accept(lines: readonly string[], isLast: (message: LineMessage) => boolean): Accepted {
  const good: string[] = [];
  for (const line of lines) {
    try {
      const isEnd = !isPlainToken(line) && isLast(parseLine(line));
      good.push(line);
      if (isEnd) {
        return { lines: good, isEnd, failure: undefined };
      }
    } catch (failure) {
      return { lines: good, isEnd: false, failure };
    }
  }
  return { lines: good, isEnd: false, failure: undefined };
}

async function toOllamaError(response: HttpResponse): Promise<ProviderError> {
  const isJson = /^application\/json\b/i.test(response.header("content-type") ?? "");
  const error = await toResponseError(response);
  // Ollama says in JSON that it has no such model; anybody else's 404 means that it is not Ollama.
  return error.code === "model_not_found" && !isJson
    ? new ProviderError("bad_response", "the model server's address does not lead to Ollama", {
        cause: error.cause,
      })
    : error;
}
