/**
 * What a plugin may ask for. Plain data; everything that is not granted is denied.
 *
 * Counts are of one run unless their name says otherwise. Denied and failed calls count.
 */
export interface Policy {
  /** Names of models. No tag means `:latest`. @default none */
  readonly models?: readonly string[];
  /** In UTF-16 units, the system prompt and every text to embed included. @default 4000 */
  readonly maxPromptChars?: number;
  /** Calls that reach a model or a tool. @default 10 */
  readonly maxCalls?: number;
  /** Prompt and completion tokens of all calls together. @default 100_000 */
  readonly maxTokens?: number;
  /** How many of a run's calls are served at the same time; more wait. @default 4 */
  readonly maxParallelCalls?: number;
  /** Model and tool calls, over all runs of this Forge. @default { plugin: 600, tenant: 3000 } */
  readonly maxCallsPerMinute?: { readonly plugin?: number; readonly tenant?: number };
  /** Images in one call. @default 4 */
  readonly maxImages?: number;
  /** Every other call through the door: `list_models`, `log`, `progress`, `next` … @default 10_000 */
  readonly maxFreeCalls?: number;
  /** Tools by name: `true`, or rules for its arguments. @default none */
  readonly tools?: Readonly<Record<string, true | ToolRules>>;
  /** Modules that the plugin's own import statements may name. A helpful error, never the wall. @default all */
  readonly imports?: { readonly allow: readonly string[] };
}

/** By argument name. An argument without a rule is denied, and so is one that is nested where a rule wants a text. */
export interface ToolRules {
  readonly arguments: Readonly<Record<string, ArgumentRule>>;
}

export type ArgumentRule =
  | { readonly kind: "any" }
  | { readonly kind: "oneOf"; readonly values: readonly (string | number | boolean | null)[] }
  /** The whole text must match. The host's own regular expression: it must not be prone to backtracking. */
  | { readonly kind: "text"; readonly pattern?: string; readonly maxChars: number }
  | { readonly kind: "number"; readonly min: number; readonly max: number };
