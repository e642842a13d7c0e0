import type { MeteredCall } from "../protocol.js";

export type Decision =
  | { readonly allow: true }
  /** `reason` is for the plugin's author: it says what to do about it. */
  | { readonly allow: false; readonly code: DenialCode; readonly reason: string };

export type DenialCode =
  /** The policy does not name this model. */
  | "model_not_allowed"
  /** Prompt, system prompt, schema and texts to embed are together longer than `maxPromptChars`. */
  | "prompt_too_long"
  /** The run has made its `maxCalls` (or, for calls that cost nothing, its `maxFreeCalls`). */
  | "too_many_calls"
  /** The run has used its `maxTokens`. */
  | "too_many_tokens"
  /** More than `maxImages` in one call. */
  | "too_many_images"
  /** The plugin or its tenant has made its calls of this minute. The same call may succeed later. */
  | "rate_limited"
  /** The policy does not name this tool, or the host does not offer it. */
  | "tool_not_allowed"
  /** The policy has no rule that allows this argument, or this value. */
  | "argument_not_allowed"
  /** The host app's own function said no. */
  | "denied"
  /** The host app's own function failed, or did not answer in time: nothing is allowed then. */
  | "decision_failed";

/** What a run has used so far: what a decision depends on besides the policy and the call itself. */
export interface PolicyUsage {
  /** Model and tool calls before this one, whatever became of them. */
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Model and tool calls of the last minute, over all runs of the Forge. */
  readonly lastMinute: { readonly plugin: number; readonly tenant: number };
}

/** Whose run it is. */
export interface RunIdentity {
  readonly runId: string;
  readonly plugin: string;
  readonly tenant: string;
}

/**
 * A host app's own word on a model or tool call. It is asked after the policy, whose decision is `standard`: returning
 * that wraps the policy, returning something else replaces it. It may take until the run's deadline. What it throws,
 * or returns in another form, denies the call.
 */
export type DecideCall = (
  call: MeteredCall,
  usage: PolicyUsage,
  standard: Decision,
  run: RunIdentity & { readonly signal: AbortSignal },
) => HostDecision | Promise<HostDecision>;

export type HostDecision =
  | { readonly allow: true }
  | { readonly allow: false; readonly code?: DenialCode; readonly reason: string };
