/**
 * What a plugin may ask for. Plain data; everything that is not granted is denied.
 *
 * Counts are of one run unless their name says otherwise. Denied and failed calls count.
 */
export interface Policy {
  /** The models that may be called. A name without a tag means `:latest`. @default none */
  readonly models?: readonly string[];
  /**
   * What one call may give a model to read, in UTF-16 units: prompt, system prompt, schema, and all texts to embed.
   * @default 4_000
   */
  readonly maxPromptChars?: number;
  /** Calls of models and tools. @default 10 */
  readonly maxCalls?: number;
  /**
   * Prompt and completion tokens of all calls together. It is looked at before each call, so the call that goes over it is
   * still answered. @default 100_000
   */
  readonly maxTokens?: number;
  /** How many of a run's calls are served at the same time; others wait for their turn. @default 4 */
  readonly maxParallelCalls?: number;
  /**
   * Calls of models and tools in a minute, over all runs of this Forge: for each plugin name of a tenant, and for each tenant.
   * @default { plugin: 600, tenant: 3_000 }
   */
  readonly maxCallsPerMinute?: { readonly plugin?: number; readonly tenant?: number };
  /** Images in one call. @default 4 */
  readonly maxImages?: number;
  /**
   * Calls that reach no model and no tool: `list_models`, `list_tools`, `cancel`, `progress`, and those that make no sense.
   * Beyond them calls are refused, `progress` is dropped, and asking for news of begun calls in vain is slowed down. Output and
   * logs are bounded by `limits`. @default 1_000
   */
  readonly maxFreeCalls?: number;
  /** The tools that may be called, by name: `true` for any arguments, or rules for them. @default none */
  readonly tools?: Readonly<Record<string, true | ToolRules>>;
  /** Modules that the plugin's own import statements may name. It gives a helpful error, and is no wall. @default all */
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
