import type { JsonObject } from "../output.js";

/** The tools that a host offers, as the gate sees them. Arguments are checked by policy before, by their schema inside. */
export interface ToolSet {
  /** Cheap: it is asked for every call of a tool. */
  list(): readonly ToolInfo[];
  /** What it returns must be JSON; `undefined` is `null`. Throws `ToolError` for what the plugin shall know. */
  call(name: string, args: JsonObject, context: ToolContext): Promise<unknown>;
}

export interface ToolInfo {
  readonly name: string;
  readonly description: string;
  /** A JSON schema. */
  readonly inputSchema: JsonObject;
}

export interface ToolContext {
  /** Ends with the call: the run's deadline, its end, or a guest that cancelled. */
  readonly signal: AbortSignal;
  readonly runId: string;
}
