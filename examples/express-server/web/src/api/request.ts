import { ApiError, isAbort, toAnsweredError } from "./api-error.js";
import { readToken } from "./token.js";

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A form is sent as one, anything else as JSON. */
  readonly body?: FormData | URLSearchParams | object;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Instead of the one that is kept. */
  readonly token?: string;
}

export async function requestJson<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await send(path, options);
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(0, "The server's answer was cut off. Try again.", { cause: error });
  }
}

/** Resolves with an answer that is good, and rejects with an `ApiError`, or with the signal's reason. */
export async function send(
  path: string,
  { method = "GET", body, query = {}, signal, token = readToken() }: RequestOptions,
): Promise<Response> {
  const headers = new Headers({ Accept: "application/json, text/event-stream" });
  if (token !== undefined) headers.set("Authorization", `Bearer ${token}`);
  const isForm = body instanceof FormData || body instanceof URLSearchParams;
  if (body !== undefined && !isForm) headers.set("Content-Type", "application/json");
  let response: Response;
  try {
    response = await fetch(path + toQueryText(query), {
      method,
      headers,
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(0, "The server cannot be reached. Check the connection and try again.", {
      cause: error,
    });
  }
  if (!response.ok) throw await toAnsweredError(response);
  return response;
}

function toQueryText(query: NonNullable<RequestOptions["query"]>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
