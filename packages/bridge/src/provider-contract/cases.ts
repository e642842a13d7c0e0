import type { OpenedProvider, Situation } from "./subject.js";
import type { TestTools } from "./test-tools.js";

export interface Cases {
  readonly expect: TestTools["expect"];
  /** A test of a provider behind which all is well. */
  readonly can: (name: string, body: (opened: OpenedProvider) => Promise<void>) => void;
  /** A test for a provider that can be in that situation. */
  readonly survives: (
    situation: Situation,
    name: string,
    body: (opened: OpenedProvider) => Promise<void>,
  ) => void;
}
