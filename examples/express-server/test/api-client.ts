import { expect } from "vitest";
import type { Conformity } from "./conformity.js";
import { readEvents } from "./read-events.js";
import { toFormData } from "./to-form-data.js";

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect
  readonly body: any;
}

export interface ApiRequest {
  readonly form?: Readonly<Record<string, string | File>>;
  readonly urlencoded?: Readonly<Record<string, string>> | string;
  readonly json?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** An ordinary HTTP client that believes nothing: each answer is held to the API's document. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly conformity: Conformity,
    private readonly token?: string,
  ) {}

  as(token: string): ApiClient {
    return new ApiClient(this.url, this.conformity, token);
  }

  get(path: string, request?: ApiRequest): Promise<ApiAnswer> {
    return this.send("GET", path, request);
  }

  post(path: string, request?: ApiRequest): Promise<ApiAnswer> {
    return this.send("POST", path, request);
  }

  put(path: string, request?: ApiRequest): Promise<ApiAnswer> {
    return this.send("PUT", path, request);
  }

  patch(path: string, request?: ApiRequest): Promise<ApiAnswer> {
    return this.send("PATCH", path, request);
  }

  delete(path: string, request?: ApiRequest): Promise<ApiAnswer> {
    return this.send("DELETE", path, request);
  }

  async send(method: string, path: string, request: ApiRequest = {}): Promise<ApiAnswer> {
    const response = await this.fetch(method, path, request);
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    const body = type.startsWith("application/json") ? JSON.parse(text) : text;
    this.conformity.check(method, new URL(path, this.url).pathname, response.status, type, body);
    if (response.status >= 400) expect(Object.keys(body)).toEqual(["detail"]);
    return { status: response.status, headers: response.headers, body };
  }

  fetch(
    method: string,
    path: string,
    { form, urlencoded, json, raw, headers, signal }: ApiRequest,
  ): Promise<Response> {
    const body = form
      ? toFormData(form)
      : urlencoded
        ? new URLSearchParams(urlencoded)
        : json === undefined
          ? raw
          : JSON.stringify(json);
    return fetch(new URL(path, this.url), {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: body as BodyInit }),
      ...(signal && { signal }),
    });
  }

  upload(name: string, code: string, fields: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
    const file = new File([code], `${name}.py`, { type: "text/x-python" });
    return this.post("/api/plugins/upload", { form: { ...fields, file } });
  }

  run(name: string, input = ""): Promise<ApiAnswer> {
    return this.post("/api/plugins/run", { form: { plugin_name: name, input_data: input } });
  }

  /** The events of a run, as they come. */
  async *stream(
    fields: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): AsyncGenerator<Record<string, unknown>> {
    const request = { urlencoded: fields, ...(signal && { signal }) };
    const response = await this.fetch("POST", "/api/plugins/run/stream", request);
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    yield* readEvents(response.body as ReadableStream<Uint8Array>);
  }
}
