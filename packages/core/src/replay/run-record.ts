import type { ResolvedLimits, ResolvedPolicy } from "@wasmforge/bridge";

/** All that it takes to repeat a run without a model. Plain JSON. It holds the run's whole content: keep it accordingly. */
export interface RunRecord {
  readonly version: 1;
  /** Another interpreter may do another thing. */
  readonly runtime: { readonly name: "forged" | "stock"; readonly imageHash: string };
  readonly plugin: { readonly name: string; readonly source: RecordedContent };
  readonly input: RecordedContent;
  readonly file?: { readonly name: string; readonly mediaType: string; readonly bytes: RecordedContent };
  readonly files?: Readonly<Record<string, RecordedContent>>;
  readonly seed: number;
  readonly now: number;
  /** As they held for the run. */
  readonly policy: ResolvedPolicy;
  readonly limits: ResolvedLimits;
  /** What came back through the door, call by call. */
  readonly answers: readonly RecordedAnswer[];
}

export type RecordedContent = { readonly text: string } | { readonly base64: string };

export interface RecordedAnswer {
  readonly op: string;
  /** SHA-256 of what the plugin sent with it. */
  readonly sha256: string;
  readonly answer: { readonly reply: RecordedContent } | { readonly stop: "output" | "aborted" };
}
