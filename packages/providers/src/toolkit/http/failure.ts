import { ProviderError, type ProviderErrorCode } from "@wasmforge/bridge";

/** The cause of a `ProviderError`, for operators: what really happened. It never crosses the door. */
export class HttpFailure extends Error {
  constructor(
    /** `down`: nobody was there, or the one who was there went away. */
    readonly kind: "down" | "status" | "malformed" | "too_large" | "redirect",
    /** Anything; it is cleaned. */
    detail: string,
    options?: { readonly cause?: unknown },
  ) {
    super(toLogText(detail), options);
    this.name = "HttpFailure";
  }
}

/** Whether the error says that the host itself is down, rather than that it did not like the request. */
export function isHostDown(error: unknown): boolean {
  return ProviderError.is(error) && error.cause instanceof HttpFailure && error.cause.kind === "down";
}

export function unreachable(detail: string, cause?: unknown): ProviderError {
  return new ProviderError("unavailable", "the model server cannot be reached", {
    cause: new HttpFailure("down", detail, { cause }),
  });
}

export function malformed(detail: string, cause?: unknown): ProviderError {
  return new ProviderError("bad_response", "the model server's answer is malformed", {
    cause: new HttpFailure("malformed", detail, { cause }),
  });
}

export function tooLarge(detail: string): ProviderError {
  return new ProviderError("bad_response", "the model server's answer is too large", {
    cause: new HttpFailure("too_large", detail),
  });
}

const byStatus: Readonly<Record<number, readonly [ProviderErrorCode, message: string]>> = {
  400: ["bad_request", "the model server does not take this request"],
  401: ["unauthorized", "the model server wants another key"],
  403: ["unauthorized", "the model server does not allow this"],
  404: ["model_not_found", "the model server does not have this model"],
  408: ["timeout", "the model server gave up waiting"],
  413: ["bad_request", "the request is too large for the model server"],
  422: ["bad_request", "the model server does not take this request"],
  429: ["overloaded", "the model server has too many requests"],
  500: ["unavailable", "the model server failed"],
  502: ["unavailable", "the model server cannot be reached"],
  503: ["overloaded", "the model server has too many requests"],
  504: ["unavailable", "the model server cannot be reached"],
};
const gatewayStatuses: ReadonlySet<number> = new Set([502, 504]);

/** `detail` is the server's own text: operators see it, plugins do not, for nobody knows what it quotes. */
export function toStatusError(
  status: number,
  detail: string,
  { retryAfterMs }: { readonly retryAfterMs?: number } = {},
): ProviderError {
  const [code, message] = byStatus[status] ?? [
    "bad_response",
    "the model server's answer is not one of its kind",
  ];
  const kind = gatewayStatuses.has(status) ? "down" : "status";
  return new ProviderError(code, message, {
    cause: new HttpFailure(kind, `HTTP ${status}: ${detail}`),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** One line of bounded length without control characters, whoever wrote it. */
export function toLogText(text: string, maxChars = 500): string {
  const cleaned = text.slice(0, maxChars).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]+/gu, " ");
  return text.length > maxChars ? `${cleaned}…` : cleaned;
}
