import {
  type Endpoint,
  type Fields,
  type HttpResponse,
  type HttpTransport,
  type JsonLimits,
  malformed,
  readJsonObject,
  toResponseError,
  untilAborted,
} from "../toolkit/index.js";
import type { ResolvedOpenaiOptions } from "./options.js";

/** The requests that an OpenAI-compatible server takes. */
export class OpenaiApi {
  readonly #transport: HttpTransport;
  readonly #endpoint: Endpoint;
  readonly #apiKey: ResolvedOpenaiOptions["apiKey"];

  constructor(transport: HttpTransport, endpoint: Endpoint, apiKey: ResolvedOpenaiOptions["apiKey"]) {
    this.#transport = transport;
    this.#endpoint = endpoint;
    this.#apiKey = apiKey;
  }

  async object(path: string, limits: JsonLimits, signal: AbortSignal, body?: object): Promise<Fields> {
    const response = await this.send(path, /^application\/json\b/i, signal, body);
    try {
      return await readJsonObject(response, limits);
    } finally {
      response.discard();
    }
  }

  async send(path: string, type: RegExp, signal: AbortSignal, body?: object): Promise<HttpResponse> {
    const key = await this.#key(signal);
    const response = await this.#transport.send({
      method: body === undefined ? "GET" : "POST",
      url: this.#endpoint.url + path,
      headers: {
        accept: "application/json, text/event-stream",
        ...this.#endpoint.headers,
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    });
    if (response.status !== 200) {
      throw await toResponseError(response, key === undefined ? [] : [key]);
    }
    const found = response.header("content-type") ?? "";
    if (!type.test(found)) {
      response.discard();
      throw malformed(`content type ${JSON.stringify(found)}: is this the right base URL?`);
    }
    return response;
  }

  /** The host app's function may take its time, but not a place among the calls. */
  async #key(signal: AbortSignal): Promise<string | undefined> {
    const key = this.#apiKey;
    return typeof key === "function" ? untilAborted((async () => key())(), signal) : key;
  }
}
