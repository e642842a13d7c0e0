import type { OutputItem } from "../output.js";
import type { GateEvent } from "./gate-event.js";

/**
 * The host's side of the door, for one run: validate, decide, charge, serve, audit, for every call.
 *
 * A guest blocks on each call, so calls come one after the other; whoever calls `serve` need not rely on it.
 */
export interface Gate {
  /**
   * Never rejects. What the guest did wrong is in the reply; what ends the run is a `stop`, which is all there is from
   * then on. Nobody may write to `payload` before it is answered.
   */
  serve(op: string, payload: Uint8Array): Promise<GateAnswer>;
  /** Of calls in flight, what they are thought to cost so far. */
  usage(): GateUsage;
  /** What `send_output` was given, in order. */
  outputs(): readonly OutputItem[];
  /**
   * Aborts what is in flight, whose `call_finished` are told before this returns, and refuses what comes later.
   * Idempotent.
   */
  close(): void;
}

export type GateAnswer = { readonly reply: Uint8Array } | { readonly stop: "output" | "aborted" };

export interface GateUsage {
  /** Calls of models and tools: refused and failed ones count. */
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly outputBytes: number;
}

export type GateListener = (event: GateEvent) => void;
