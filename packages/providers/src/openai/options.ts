import type { ModelKind } from "@wasmforge/bridge";
import { z } from "zod";
import { type DispatchOptions, dispatchShape, type HttpTransport, parseOptions } from "../toolkit/index.js";

/** How a server that speaks OpenAI's API is reached, and what it is asked. */
export interface OpenaiCompatibleOptions extends DispatchOptions {
  /** The server's URL up to the version, for example `http://127.0.0.1:8000/v1`. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer …`, to this server only. A function is asked for each request, so that keys can change. @default none */
  readonly apiKey?: string | (() => string | Promise<string>);
  /** Sent with every request. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** What audit records and events call the provider: one word. @default "openai-compatible" */
  readonly name?: string;
  /** The models that are offered, and what the server does not say about them. @default all that the server lists */
  readonly models?: readonly DeclaredModel[];
  /** What the limit of an answer is called. Some hosted models take only the longer name. @default "max_tokens" */
  readonly maxTokensField?: "max_tokens" | "max_completion_tokens";
  /** More fields for every chat request, for example `{ seed: 1, top_p: 0.9 }`. @default none */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** For how many milliseconds a list of models is believed before the server is asked again. @default 30_000 */
  readonly freshMs?: number;
  /** Another way to the server than Node's own HTTP, such as `fetchTransport(fetch)`. It is closed with the provider. */
  readonly transport?: HttpTransport;
  /** How many calls are with the server at the same time. These servers work on many at once. @default 16 */
  readonly maxParallelPerHost?: number;
}

/** A model, and what the server does not say about it. */
export interface DeclaredModel {
  readonly name: string;
  /** @default guessed from the name */
  readonly kind?: ModelKind;
  readonly description?: string;
  /** In tokens. */
  readonly contextLength?: number;
}

const schema = z.strictObject({
  ...dispatchShape,
  // These servers batch: what limits them is not one GPU's turn.
  maxParallelPerHost: dispatchShape.maxParallelPerHost.removeDefault().default(16),
  baseUrl: z.string(),
  apiKey: z
    .union([
      z.string().min(1),
      z.custom<() => string | Promise<string>>((value) => typeof value === "function"),
    ])
    .optional(),
  headers: z.record(z.string(), z.string()).default({}),
  name: z.string().regex(/^\S+$/, "is one word").default("openai-compatible"),
  models: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        kind: z.enum(["text", "code", "vision", "embedding"]).optional(),
        description: z.string().optional(),
        contextLength: z.int().min(1).optional(),
      }),
    )
    .optional(),
  maxTokensField: z.enum(["max_tokens", "max_completion_tokens"]).default("max_tokens"),
  extraBody: z.record(z.string(), z.unknown()).default({}),
  freshMs: z.number().min(0).max(3_600_000).default(30_000),
  transport: z.custom<HttpTransport>((value) => typeof value === "object" && value !== null).optional(),
});

export type ResolvedOpenaiOptions = Readonly<z.output<typeof schema>>;

export function parseOpenaiOptions(options: OpenaiCompatibleOptions): ResolvedOpenaiOptions {
  return Object.freeze(parseOptions("openaiCompatible()", schema, options));
}
