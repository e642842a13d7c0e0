import type { Driven } from "./course.js";

export interface ThreadData {
  readonly target: string;
  readonly seed: number;
  readonly seconds: number;
  readonly isGuided: boolean;
  /** The input that is being tried: how many there were, its length, its bytes. */
  readonly current: SharedArrayBuffer;
}

export const currentHeadBytes = 8;

export type ThreadMessage = { readonly driven: Driven } | { readonly failed: string };
