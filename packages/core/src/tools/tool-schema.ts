import type { StandardJSONSchemaV1 } from "@standard-schema/spec";
import { ForgeError, type JsonObject } from "@wasmforge/bridge";
import type { HostTool, ToolInput } from "./host-tool.js";

const anyArguments: JsonObject = Object.freeze({ type: "object" });

/** The JSON schema that plugins and their editors are shown; arguments are judged by `input` itself. */
export function toJsonSchema(name: string, { input, inputJsonSchema }: HostTool): JsonObject {
  const schema = inputJsonSchema ?? ownJsonSchema(name, input);
  if (schema === undefined) return anyArguments;
  try {
    return Object.freeze(JSON.parse(JSON.stringify(schema)));
  } catch (cause) {
    throw new ForgeError("invalid_options", `tools.${name}.inputJsonSchema is no JSON`, { cause });
  }
}

function ownJsonSchema(name: string, input: ToolInput): unknown {
  const { jsonSchema } = input["~standard"] as Partial<StandardJSONSchemaV1.Props>;
  try {
    return jsonSchema?.input({ target: "draft-2020-12" });
  } catch (cause) {
    const advice = `give tools.${name}.inputJsonSchema`;
    throw new ForgeError(
      "invalid_options",
      `tools.${name}.input cannot be said as a JSON schema: ${advice}`,
      {
        cause,
      },
    );
  }
}
