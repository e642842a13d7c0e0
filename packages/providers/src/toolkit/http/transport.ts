/**
 * One HTTP request and its answer, with nothing done behind the back: no redirect is followed, nothing is unpacked,
 * and a body is read only as fast as somebody asks for it.
 */
export interface HttpTransport extends AsyncDisposable {
  /** Rejects with a `ProviderError`: the signal's reason, `unavailable` or, for what is no HTTP, `bad_response`. */
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request and the reading of its answer at once. */
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  header(name: string): string | undefined;
  /** Rejects with a `ProviderError`. To return early ends the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection of an answer that nobody is going to read. */
  discard(): void;
}
