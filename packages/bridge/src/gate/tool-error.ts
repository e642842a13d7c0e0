/** The same in every copy of this package. */
const marker = Symbol.for("wasmforge.ToolError");

/** What a tool tells the plugin that called it. Of every other error a plugin learns only that the tool failed. */
export class ToolError extends Error {
  readonly code: ToolErrorCode;

  constructor(code: ToolErrorCode, message: string, { cause }: { readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ToolError";
    this.code = code;
  }

  /** By marker, not by class: two copies of this package may be installed. */
  static is(value: unknown): value is ToolError {
    return value instanceof Error && marker in value;
  }

  readonly [marker] = true;
}

export type ToolErrorCode =
  /** The arguments are not what the tool's schema wants. */
  | "bad_arguments"
  /** The tool could not do it. */
  | "tool_failed";

export function isToolErrorCode(code: unknown): code is ToolErrorCode {
  return code === "bad_arguments" || code === "tool_failed";
}
