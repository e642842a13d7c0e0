/**
 * As much of a language model of the Vercel AI SDK as is used here. Its own types are not imported: they come in several
 * versions (`v2`, `v3`, `v4`), and whoever has a model has the package that goes with it.
 */
export interface AiSdkModel {
  readonly specificationVersion: string;
  /** For example `openai.chat`. */
  readonly provider: string;
  readonly modelId: string;
  /** Takes an `AiSdkCall`; what each version calls that is another type, of which none is the other's. */
  doStream(options: never): PromiseLike<{ readonly stream: ReadableStream<unknown> }>;
}

export interface AiSdkCall {
  readonly prompt: AiSdkMessage[];
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly responseFormat?: { readonly type: "json"; readonly schema?: object };
  readonly abortSignal: AbortSignal;
}

export type AiSdkMessage =
  | { readonly role: "system"; readonly content: string }
  | { readonly role: "user"; readonly content: AiSdkContent[] };

export type AiSdkContent =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "file";
      readonly mediaType: string;
      readonly data: Uint8Array | { readonly type: "data"; readonly data: Uint8Array };
    };
