/** What went wrong with a request, in words for whoever made it. */
export class ApiError extends Error {
  constructor(
    /** 0: there was no answer. */
    readonly status: number,
    message: string,
    { cause, retryAfterSeconds }: { readonly cause?: unknown; readonly retryAfterSeconds?: number } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ApiError";
    this.retryAfterSeconds = retryAfterSeconds;
  }

  readonly retryAfterSeconds: number | undefined;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, "Something went wrong in this page. Reload it and try again.", { cause: error });
}

/** The server's own words where it has some: `{"detail": …}`. */
export async function toAnsweredError(response: Response): Promise<ApiError> {
  const detail = await readDetail(response);
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(
    response.status,
    detail ?? `The server answered with ${response.status}.`,
    Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {},
  );
}

async function readDetail(response: Response): Promise<string | undefined> {
  try {
    const answer: unknown = await response.json();
    const detail = (answer as { readonly detail?: unknown } | null)?.detail;
    return typeof detail === "string" && detail !== "" ? detail : undefined;
  } catch {
    return undefined;
  }
}
