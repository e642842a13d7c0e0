import { ProviderError, parseGuestObject } from "@wasmforge/bridge";
import { HttpFailure, malformed, toLogText, tooLarge, toStatusError } from "./failure.js";
import type { HttpResponse } from "./transport.js";

export interface JsonLimits {
  readonly maxBytes: number;
  /** A byte of JSON can cost thirty of heap, so values are counted before any of them is made. */
  readonly maxValues: number;
}

/** The body as a JSON object; anything else is a `bad_response`. */
export async function readJsonObject(
  response: HttpResponse,
  { maxBytes, maxValues }: JsonLimits,
): Promise<Readonly<Record<string, unknown>>> {
  const value = parseGuestObject(await readBytes(response, maxBytes), { maxValues });
  if (value === undefined) {
    throw malformed("no JSON object, or one of too many values");
  }
  return value;
}

const maxErrorBytes = 64 * 1024;

/**
 * The `ProviderError` for an answer that is none: a redirect, or a status that says so. Reads or ends the body.
 * `secrets` are taken out of what the server says, for some of them quote the key that they refuse.
 */
export async function toResponseError(
  response: HttpResponse,
  secrets: readonly string[] = [],
): Promise<ProviderError> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    response.discard();
    return new ProviderError("bad_response", "the model server wants to redirect, which is refused", {
      cause: new HttpFailure("redirect", `HTTP ${status} to ${response.header("location") ?? "nowhere"}`),
    });
  }
  const retryAfterMs = parseRetryAfter(response.header("retry-after"));
  const options = retryAfterMs === undefined ? {} : { retryAfterMs };
  try {
    const text = new TextDecoder().decode(await readBytes(response, maxErrorBytes));
    return toStatusError(status, withoutSecrets(toErrorText(text), secrets), options);
  } catch (error) {
    return toStatusError(status, `the body could not be read (${toLogText(String(error))})`, options);
  }
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, "[key]"), text);
}

const longestRetryAfterMs = 60_000;

/** Seconds only: a date would compare two machines' clocks. */
function parseRetryAfter(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value)
    ? Math.min(Number(value) * 1000, longestRetryAfterMs)
    : undefined;
}

/** Where servers put what they have to say: `{"error": "…"}` or `{"error": {"message": "…"}}`. */
function toErrorText(body: string): string {
  try {
    const { error } = JSON.parse(body);
    return String(typeof error === "object" ? error?.message : error);
  } catch {
    return body;
  }
}

async function readBytes(response: HttpResponse, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw tooLarge(`more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
