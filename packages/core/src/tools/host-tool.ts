import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { JsonObject, ToolContext } from "@wasmforge/bridge";

/** A schema of any library that speaks Standard Schema: zod, valibot, arktype … See https://standardschema.dev */
export type ToolInput = StandardSchemaV1;

/** Something that the host does for plugins. A plugin calls it as `tools.NAME(**arguments)`. */
export interface HostTool<Input extends ToolInput = ToolInput> {
  /** For plugin authors: it becomes the documentation of their editor. */
  readonly description: string;
  /** What arguments must be. They are an object: plugins pass them by name. */
  readonly input: Input;
  /** The same as a JSON schema, for libraries that cannot say it themselves. @default asked of `input` */
  readonly inputJsonSchema?: JsonObject;
  /**
   * Does it. What it returns must be JSON. It must end when `signal` does; nobody waits longer for it. Throw a
   * `ToolError` for what the plugin shall be told; of other errors it learns only that the tool failed.
   */
  run(args: StandardSchemaV1.InferOutput<Input>, context: ToolContext): unknown;
}

/** Tools by the names that plugins call them by, which must be names in Python, too. */
export type HostTools<Inputs extends ToolInputs = ToolInputs> = {
  readonly [Name in keyof Inputs]: HostTool<Inputs[Name]>;
};

export type ToolInputs = Readonly<Record<string, ToolInput>>;

/** Types a tool that is written apart from the Forge: its arguments are what its schema makes of them. */
export function defineTool<Input extends ToolInput>(tool: HostTool<Input>): HostTool<Input> {
  return tool;
}
