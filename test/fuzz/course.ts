import type { Random } from "../../packages/bridge/src/test/random.js";
import type { Coverage } from "./coverage.js";
import type { Finding } from "./findings.js";

export interface DriveOptions {
  readonly seed: number;
  readonly seconds: number;
  /** @default as many as there is time for */
  readonly mostInputs?: number;
  /** With it, inputs that reach new code are kept and changed further. Without it, only good ones are. */
  readonly coverage?: Coverage | undefined;
  /** Inputs of earlier times. */
  readonly kept: readonly Uint8Array[];
  /** Told of each before it is tried: should it never end, this was it. */
  readonly onInput: (input: Uint8Array) => void;
}

export interface Driven {
  readonly inputs: number;
  /** Characters of source that were reached, where that was counted. */
  readonly reached?: number;
  /** Inputs that reached something new. */
  readonly kept: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

export interface Course extends DriveOptions {
  readonly random: Random;
  isOver(inputs: number): boolean;
}
