import type { ResolvedLimits } from "../limits/limits.js";
import { toPrintable } from "../printable.js";
import type { TokenUsage } from "../provider/provider.js";
import type { GateUsage } from "./gate.js";

/** Common for English; other languages need more. Only asked where a provider does not say. */
const charsPerToken = 4;

const maxNameChars = 100;

type MeteredLimits = Pick<ResolvedLimits, "outputBytes" | "logBytes" | "callBytes" | "callBytesTotal">;

/** What a run has used. Everything is charged before it is served, and nothing is given back. */
export class Meter {
  calls = 0;
  promptTokens = 0;
  completionTokens = 0;
  outputBytes = 0;
  readonly #limits: MeteredLimits;
  #outputCost = 0;
  #logCost = 0;
  #callBytes = 0;
  #freeCallsLeft: number;

  constructor(limits: MeteredLimits, maxFreeCalls: number) {
    this.#limits = limits;
    this.#freeCallsLeft = maxFreeCalls;
  }

  /** Whether the run may make one more call that costs nothing. */
  takeFreeCall(): boolean {
    this.#freeCallsLeft--;
    return this.#freeCallsLeft >= 0;
  }

  /** Whether the run may output this much more. */
  takeOutput(bytes: number): boolean {
    this.#outputCost += bytes;
    return this.#outputCost <= this.#limits.outputBytes;
  }

  takeLog(bytes: number): boolean {
    this.#logCost += bytes;
    return this.#logCost <= this.#limits.logBytes;
  }

  /** Whether this much may still be read. What is too large for one call is not read, and so costs nothing. */
  takeCallBytes(bytes: number): boolean {
    if (bytes <= this.#limits.callBytes) {
      this.#callBytes += bytes;
    }
    return this.#callBytes <= this.#limits.callBytesTotal;
  }

  /** Opens the account of a model call, which begins with what its request is thought to cost. */
  charge(promptChars: number): TokenAccount {
    return new TokenAccount(this, promptChars);
  }

  usage(): GateUsage {
    return {
      calls: this.calls,
      promptTokens: this.promptTokens,
      completionTokens: this.completionTokens,
      outputBytes: this.outputBytes,
    };
  }
}

/**
 * The tokens of one model call. They are charged while the answer comes, so that a call that fails, is cancelled or is
 * still in flight has its price too; what the provider reports at the end replaces the estimate.
 */
export class TokenAccount {
  readonly #meter: Meter;
  #answerChars = 0;
  promptTokens = 0;
  completionTokens = 0;
  queueMs: number | undefined;
  /** Who answered, where that was not the provider that was asked. */
  provider: string | undefined;

  constructor(meter: Meter, promptChars: number) {
    this.#meter = meter;
    this.#set(Math.ceil(promptChars / charsPerToken), 0);
  }

  answered(chars: number): void {
    this.#answerChars += chars;
    this.#set(this.promptTokens, Math.ceil(this.#answerChars / charsPerToken));
  }

  /** Counts that are no counts, and none at all, are not believed. */
  report(usage: Partial<TokenUsage> | undefined, provider: unknown): void {
    // Each is read once: it may be another one the next time.
    const { promptTokens, completionTokens, queueMs } = usage ?? {};
    this.#set(
      isCount(promptTokens) ? promptTokens : this.promptTokens,
      isCount(completionTokens) ? completionTokens : this.completionTokens,
    );
    if (Number.isFinite(queueMs)) this.queueMs = Math.max(queueMs as number, 0);
    if (typeof provider === "string" && provider !== "") this.provider = toPrintable(provider, maxNameChars);
  }

  #set(promptTokens: number, completionTokens: number): void {
    this.#meter.promptTokens += promptTokens - this.promptTokens;
    this.#meter.completionTokens += completionTokens - this.completionTokens;
    this.promptTokens = promptTokens;
    this.completionTokens = completionTokens;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
