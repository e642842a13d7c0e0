import type { PluginError, RunEnd } from "../port.js";
import type { Lab } from "./lab.js";
import type { TestTools } from "./test-tools.js";

/** What a file of cases gets: `can` is `it` for something that a runtime may declare to lack. */
export interface Cases {
  readonly lab: Lab;
  readonly describe: TestTools["describe"];
  readonly expect: TestTools["expect"];
  readonly can: (name: string, body: () => Promise<void>) => void;
}

export function errorOf(end: RunEnd | undefined): PluginError {
  if (end?.kind !== "raised") {
    throw new Error(`the run did not raise: ${JSON.stringify(end)}`);
  }
  return end.error;
}
