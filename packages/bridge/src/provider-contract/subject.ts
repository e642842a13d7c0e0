import type { Provider } from "../provider/provider.js";

/** What may be wrong with the server behind a provider. */
export type Situation =
  /** Nobody is there. */
  | "down"
  /** It turns every request away, because it has too many. */
  | "busy"
  /** It wants another key. */
  | "unauthorized"
  /** It takes a request and never answers. */
  | "silent"
  /** It stops in the midst of an answer, and the connection stays. */
  | "stalls"
  /** An answer ends in the middle, in due form. */
  | "cut"
  /** The connection is reset in the midst of an answer. */
  | "reset"
  /** It says in the midst of an answer that it failed. */
  | "fails"
  /** What it sends is not in the form that was agreed on. */
  | "malformed"
  /** One line of its answer is 100 MB long. */
  | "huge"
  /** It redirects to another server, which must not be asked. */
  | "redirects"
  /** Its answer has no end. */
  | "endless";

/** A provider and what is behind it, opened for one test. */
export interface OpenedProvider {
  readonly provider: Provider;
  /** A model that is there. */
  readonly model: string;
  /** A model that makes vectors, where the provider has such. */
  readonly embeddingModel?: string;
  /** A model that thinks before it answers. */
  readonly thinkingModel?: string;
  /** What the model says to a prompt, where that is known: then no answer may go to the wrong caller. */
  readonly answerTo?: (prompt: string) => string;
  /** Keys and the like, which must be in no message at all. */
  readonly secrets?: readonly string[];
  /** Addresses, which operators may see in the state of health, and plugins nowhere. */
  readonly addresses?: readonly string[];
  /** Resolves when the server has received a request. Needed for `silent`. */
  readonly untilAsked?: () => Promise<unknown>;
  /** Resolves when nothing of the provider's is under way at the server any more. */
  readonly untilFree?: () => Promise<void>;
  /** Resolves when no connection of the provider's is open any more. It was closed. */
  readonly untilClosed?: () => Promise<void>;
  /** Ends the server. */
  close(): Promise<void>;
}

export interface ProviderUnderTest {
  readonly name: string;
  /** What can be wrong. A provider without a server behind it has none of that. @default none */
  readonly situations?: readonly Situation[];
  open(situation: Situation | "well"): Promise<OpenedProvider>;
  /** Names of tests that this provider cannot pass, and why; they must then fail, so that no exception outlives its cause. */
  readonly lacks?: Readonly<Record<string, string>>;
}
