import type { ModelKind } from "@wasmforge/bridge";
import { z } from "zod";
import { type DispatchOptions, dispatchShape, type HttpTransport, parseOptions } from "../toolkit/index.js";

export interface OpenaiCompatibleOptions extends DispatchOptions {
  /** Up to the version, for example `http://127.0.0.1:8000/v1`. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer …`, to this server only. A function is asked anew for each request, so that keys can change. */
  readonly apiKey?: string | (() => string | Promise<string>);
  readonly headers?: Readonly<Record<string, string>>;
  /** For audit records. @default "openai-compatible" */
  readonly name?: string;
  /** The models that are offered, and what the server does not say about them. @default all that the server lists */
  readonly models?: readonly DeclaredModel[];
  /** What the limit of an answer is called. Some hosted models take only the longer name. @default "max_tokens" */
  readonly maxTokensField?: "max_tokens" | "max_completion_tokens";
  /** Fields for every chat request, for example `{ seed: 1, top_p: 0.9 }`. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** How long the list of models may be old. @default 30_000 */
  readonly freshMs?: number;
  /** Another way to the server than Node's own HTTP, such as `fetchTransport(fetch)`. It is closed with the provider. */
  readonly transport?: HttpTransport;
}

export interface DeclaredModel {
  readonly name: string;
  readonly kind?: ModelKind;
  readonly description?: string;
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
