/** What can be said of a plugin without running it. */
export interface CheckReport {
  /** Whether no problem is an error. */
  readonly ok: boolean;
  readonly problems: readonly CheckProblem[];
  /** Top-level modules that its import statements name. */
  readonly imports: readonly string[];
  /** Calls of models that are written in it, at least 1. Loops and conditions are not followed. */
  readonly estimatedCalls: number;
}

export interface CheckProblem {
  readonly code: CheckProblemCode;
  /** A warning is of something that may well be meant. */
  readonly severity: "error" | "warning";
  /** One line. It may quote the plugin. */
  readonly message: string;
  /** From 1; columns are UTF-16 units, as editors count them. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type CheckProblemCode =
  /** Python does not take it. */
  | "syntax"
  /** Python gives up on it. */
  | "too_complex"
  /** There is no such module. */
  | "import_unknown"
  /** It is a module of Python that this image lacks, or that cannot work in it. */
  | "import_absent"
  /** The policy does not allow it. */
  | "import_denied"
  /** The SDK has no such name, or the host no such tool. */
  | "sdk_name"
  /** A function of the SDK, or a tool, is called with arguments that it does not take. */
  | "sdk_arguments"
  /** The check itself came to no end. */
  | "not_checked";
