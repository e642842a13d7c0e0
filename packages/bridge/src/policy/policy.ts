/**
 * What a plugin may ask for. Plain data; everything that is not granted is denied.
 *
 * Counts are of one run unless their name says otherwise. Denied and failed calls count.
 */
export interface Policy {
  /** Names of models. No tag means `:latest`. @default none */
  readonly models?: readonly string[];
  /**
   * What one call may give a model to read, in UTF-16 units: prompt, system prompt, schema, and all texts to embed.
   * @default 4000
   */
  readonly maxPromptChars?: number;
  /** Calls that reach a model or a tool. @default 10 */
  readonly maxCalls?: number;
  /**
   * Prompt and completion tokens of all calls together. Asked before a call: the one that crosses the line is
   * finished. @default 100_000
   */
  readonly maxTokens?: number;
  /** How many of a run's calls are served at the same time; more wait. @default 4 */
  readonly maxParallelCalls?: number;
  /** Model and tool calls, over all runs of this Forge. @default { plugin: 600, tenant: 3000 } */
  readonly maxCallsPerMinute?: { readonly plugin?: number; readonly tenant?: number };
  /** Images in one call. @default 4 */
  readonly maxImages?: number;
  /**
   * Calls that cost nothing: `list_models`, `list_tools`, `cancel`, and those that make no sense. Past them `progress`
   * is dropped and `next` is slowed down. Output and logs are bounded by `limits`. @default 1000
   */
  readonly maxFreeCalls?: number;
  /** Tools by name: `true`, or rules for its arguments. @default none */
  readonly tools?: Readonly<Record<string, true | ToolRules>>;
  /** Modules that the plugin's own import statements may name. A helpful error, never the wall. @default all */
  readonly imports?: { readonly allow: readonly string[] };
}

/**
 * By argument name. An argument without a rule is denied. A rule says what a value must be if it is there; that it must
 * be there is the tool's schema's business.
 */
export interface ToolRules {
  readonly arguments: Readonly<Record<string, ArgumentRule>>;
}

/**
 * A value of another type than the rule's is denied, lists and objects included. Texts are compared unit by unit, without
 * any Unicode normalisation, and the tool is given exactly what was compared.
 */
export type ArgumentRule =
  | { readonly kind: "any" }
  | { readonly kind: "oneOf"; readonly values: readonly (string | number | boolean | null)[] }
  /**
   * The whole text must match. The host's own regular expression, with the flag `u`: it must not be prone to
   * backtracking. Length is judged first.
   */
  | { readonly kind: "text"; readonly pattern?: string; readonly maxChars: number }
  | { readonly kind: "number"; readonly min: number; readonly max: number };

/** A policy with nothing left open: frozen, still plain data, its model names normalised. */
export interface ResolvedPolicy {
  readonly models: readonly string[];
  readonly maxPromptChars: number;
  readonly maxCalls: number;
  readonly maxTokens: number;
  readonly maxParallelCalls: number;
  readonly maxCallsPerMinute: { readonly plugin: number; readonly tenant: number };
  readonly maxImages: number;
  readonly maxFreeCalls: number;
  readonly tools: Readonly<Record<string, true | ToolRules>>;
  readonly imports?: { readonly allow: readonly string[] };
}
