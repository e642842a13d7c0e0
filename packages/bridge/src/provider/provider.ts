/**
 * The port to whatever answers model calls: a model server, a hosted API, a script for tests.
 *
 * A provider streams inside, always: whoever wants the whole text collects it (`collect-answer.ts`). It receives only
 * what the gate has let through: names are normalised, sizes are bounded, images are bytes, never names of files.
 * It honours `signal` at once, frees everything it holds when its iterator is returned early, and throws nothing but
 * `ProviderError`.
 */
export interface Provider {
  /** Lets a future port of another form be told apart. */
  readonly version: 1;
  /** For people and audit records, for example `ollama`. */
  readonly name: string;
  /** It answers to every name, also to those that it does not list. Left out: only to those. */
  readonly anyModel?: true;
  /** A model's answer, in parts as they come. It ends with exactly one part of type `done`, or throws. */
  generate(request: GenerateRequest, context: CallContext): AsyncIterable<GeneratePart>;
  /** Vectors of texts. Absent where the provider has no embedding models. */
  embed?(request: EmbedRequest, context: CallContext): Promise<EmbedAnswer>;
  /** The models that can be asked for, named as policies name them: see `normalizeModelName`. */
  models(context: QueryContext): Promise<readonly ModelInfo[]>;
  /** How the server is. That it is down is an answer, too: it rejects only when the signal ends it. */
  health(context: QueryContext): Promise<ProviderHealth>;
  /** Ends connections and timers. Whoever created the provider calls it. */
  [Symbol.asyncDispose]?(): Promise<void>;
}

/** One call of a model, as the gate hands it on. */
export interface GenerateRequest {
  readonly model: string;
  readonly prompt: string;
  readonly system?: string;
  readonly images?: readonly Uint8Array[];
  /** `"json"`, or a JSON schema that the answer should follow. Left out: any text. */
  readonly format?: "json" | JsonSchema;
  /** From 0 to 10. Left out: the model's own. */
  readonly temperature?: number;
  /** After how many tokens the answer is cut off. Left out: the model's own. */
  readonly maxTokens?: number;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

export type GeneratePart =
  | { readonly type: "text"; readonly text: string }
  /** What the model says to itself. It is never part of the answer. */
  | { readonly type: "thinking"; readonly text: string }
  | {
      readonly type: "done";
      readonly reason: FinishReason;
      readonly usage: TokenUsage;
      /** Who answered, where it was another provider that the call was passed on to. @default the provider's own name */
      readonly provider?: string;
    };

/** `stop`: the model was done. `length`: it was cut off. `refused`: it declined to answer. */
export type FinishReason = "stop" | "length" | "refused";

export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** How many milliseconds the request waited for its turn before it was sent. */
  readonly queueMs?: number;
}

export interface EmbedRequest {
  readonly model: string;
  readonly texts: readonly string[];
}

export interface EmbedAnswer {
  /** One vector for each text, in their order. */
  readonly vectors: readonly (readonly number[])[];
  readonly usage: TokenUsage;
  /** As in the `done` of an answer. */
  readonly provider?: string;
}

export interface ModelInfo {
  readonly name: string;
  readonly kind: ModelKind;
  readonly description: string;
  /** Whether it can be called now. */
  readonly available: boolean;
  /** Tells weights apart, for example `sha256:…`. */
  readonly digest?: string;
  /** How much it can read and write in one call, in tokens. */
  readonly contextLength?: number;
  /** Such as `vision`, `tools`, `thinking`, `embedding`. */
  readonly capabilities?: readonly string[];
  /** What whoever reads its answers should know: that it is a demo, or that its weights are not those that were approved. */
  readonly notice?: string;
}

export type ModelKind = "text" | "code" | "vision" | "embedding";

export interface ProviderHealth {
  readonly status: "connected" | "disconnected" | "error";
  /** What an operator should know or do. Never holds a secret. */
  readonly message: string;
  readonly url?: string;
}

export interface QueryContext {
  /** Nobody waits for the answer any longer. */
  readonly signal: AbortSignal;
}

/** Who asks, and how long an answer is of use. */
export interface CallContext extends QueryContext {
  /** Milliseconds that are left to the run, when the call began. */
  readonly timeLeftMs: number;
  readonly runId: string;
  readonly plugin: string;
  /** Providers that queue are fair between tenants, then between plugins. */
  readonly tenant: string;
}
