import {
  type DispatchOptions,
  dispatchShape,
  type HttpTransport,
  parseOptions,
} from "@wasmforge/providers/toolkit";
import { z } from "zod";

/** Which Ollama servers are asked, and how. */
export interface OllamaOptions extends DispatchOptions {
  /** One server. What `OLLAMA_HOST` may hold is understood: `gpu`, `gpu:11434`, `https://me:password@gpu/ollama`. @default "http://127.0.0.1:11434" */
  readonly host?: string;
  /** Several servers, instead of `host`. A call goes to one that has its model, preferably in memory. */
  readonly hosts?: readonly string[];
  /** Sent with every request, for example a key that a proxy wants. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How long a model stays in memory after a call: seconds, or a text such as `"10m"`; below zero for ever, zero not at all.
   * @default what the server was told, `"5m"` if nothing
   */
  readonly keepAlive?: number | string;
  /** Whether models that can think do, or how hard. What they think is never part of the answer. @default the model's own way */
  readonly think?: boolean | "low" | "medium" | "high";
  /** Ollama's own options for every call, for example `{ num_ctx: 8192, seed: 1 }`. @default what the server was told */
  readonly options?: Readonly<Record<string, number | string | boolean | readonly string[]>>;
  /** For how many milliseconds the list of models and the state of health are believed before the server is asked again. @default 3_000 */
  readonly freshMs?: number;
  /** How many milliseconds a model may take to load. @default 900_000 */
  readonly loadTimeoutMs?: number;
  /** Another way to the server than Node's own HTTP, such as `fetchTransport(fetch)`. It is closed with the provider. */
  readonly transport?: HttpTransport;
}

const duration = /^-?(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;

const schema = z
  .strictObject({
    host: z.string().optional(),
    hosts: z.array(z.string()).min(1).max(64).optional(),
    headers: z.record(z.string(), z.string()).default({}),
    keepAlive: z.union([z.number(), z.string().regex(duration, "is no duration such as 10m")]).optional(),
    think: z.union([z.boolean(), z.enum(["low", "medium", "high"])]).optional(),
    options: z
      .record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]))
      .default({}),
    freshMs: z.number().min(0).max(3_600_000).default(3_000),
    loadTimeoutMs: z.number().min(1).max(86_400_000).default(900_000),
    transport: z.custom<HttpTransport>((value) => typeof value === "object" && value !== null).optional(),
    ...dispatchShape,
  })
  .refine(({ host, hosts }) => host === undefined || hosts === undefined, {
    message: "give either host or hosts",
    path: ["hosts"],
  });

export type ResolvedOllamaOptions = Readonly<Omit<z.output<typeof schema>, "host" | "hosts">> & {
  /** URLs. */
  readonly addresses: readonly string[];
};

export function parseOllamaOptions(options: OllamaOptions): ResolvedOllamaOptions {
  const { host, hosts, ...rest } = parseOptions("ollama()", schema, options);
  const addresses = hosts ?? [host ?? "http://127.0.0.1:11434"];
  return Object.freeze({ ...rest, addresses: Object.freeze(addresses.map(toAddress)) });
}

/** Like Ollama's own client reads `OLLAMA_HOST`: without a scheme it is `http`, and the port 11434. */
function toAddress(host: string): string {
  if (host.includes("://")) {
    return host;
  }
  const address = `http://${host.startsWith(":") ? `127.0.0.1${host}` : host}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && url.port === "") {
    url.port = "11434";
  }
  return url?.href ?? host;
}

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** In milliseconds; for ever is infinite. */
export function toKeepAliveMs(keepAlive: number | string): number {
  const text = String(keepAlive);
  if (text.startsWith("-")) {
    return Number.POSITIVE_INFINITY;
  }
  if (typeof keepAlive === "number") {
    return keepAlive * 1_000;
  }
  let sum = 0;
  for (const [, value, unit] of text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(value) * (unitMs[unit ?? ""] ?? 0);
  }
  return sum;
}
