/** Makes of a host's tools what the gate knows: names that are safe, schemas as JSON, calls with checked arguments. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type JsonObject, ToolError, type ToolInfo, type ToolSet } from "@wasmforge/bridge";
import { invalidOptions } from "../options/invalid-options.js";
import { isRecord } from "../options/is-record.js";
import type { HostTool, ToolInput } from "./host-tool.js";
import { isPythonName } from "./python-name.js";
import { toJsonSchema } from "./tool-schema.js";

const maxIssues = 5;
const maxIssueChars = 300;

export function parseTools(input: unknown = {}): ToolSet {
  if (!isRecord(input))
    throw invalidOptions("tools must be an object: { lookup: { description, input, run } }");
  const tools = new Map(Object.entries(input).map(([name, tool]) => [name, parseTool(name, tool)]));
  const infos: readonly ToolInfo[] = Object.freeze(
    [...tools].map(([name, tool]) => {
      const { description } = tool;
      return Object.freeze({ name, description, inputSchema: toJsonSchema(name, tool) });
    }),
  );
  return {
    list: () => infos,
    async call(name, args, context) {
      const tool = tools.get(name);
      if (!tool) throw new ToolError("tool_failed", `there is no tool ${name}`);
      return tool.run(await checkedArguments(tool.input, args), context);
    },
  };
}

/** A copy, so that what is changed in the caller's object later is not what runs. */
function parseTool(name: string, tool: unknown): HostTool {
  if (!isPythonName(name) || name.startsWith("_")) {
    throw invalidOptions(
      `tools: ${JSON.stringify(name)} cannot be called from Python; use letters, digits and _, and no keyword`,
    );
  }
  if (!isRecord(tool)) throw invalidOptions(`tools.${name} must be { description, input, run }`);
  const { description, input, inputJsonSchema, run, ...others } = tool;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw invalidOptions(
      `tools.${name}.${unknown} does not exist; there are: description, input, inputJsonSchema, run`,
    );
  }
  if (typeof description !== "string") throw invalidOptions(`tools.${name}.description must be a text`);
  if (!isToolInput(input)) {
    throw invalidOptions(`tools.${name}.input must be a schema, such as z.object({ key: z.string() })`);
  }
  if (inputJsonSchema !== undefined && !isRecord(inputJsonSchema)) {
    throw invalidOptions(`tools.${name}.inputJsonSchema must be a JSON schema, which is an object`);
  }
  if (typeof run !== "function") throw invalidOptions(`tools.${name}.run must be a function`);
  return Object.freeze({
    description,
    input,
    ...(inputJsonSchema !== undefined && { inputJsonSchema: inputJsonSchema as JsonObject }),
    run: run.bind(tool) as HostTool["run"],
  });
}

async function checkedArguments(input: ToolInput, args: JsonObject): Promise<unknown> {
  const result = await input["~standard"].validate(args);
  if (result.issues === undefined) return result.value;
  const issues = result.issues.slice(0, maxIssues).map(describeIssue);
  const left = result.issues.length - issues.length;
  throw new ToolError("bad_arguments", [...issues, ...(left > 0 ? [`and ${left} more`] : [])].join("; "));
}

function describeIssue({ path = [], message }: StandardSchemaV1.Issue): string {
  const keys = path.map((step) => String(typeof step === "object" ? step.key : step));
  return `${keys.length > 0 ? `${keys.join(".")}: ` : ""}${message}`.slice(0, maxIssueChars);
}

function isToolInput(value: unknown): value is ToolInput {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  const { "~standard": standard } = value as Partial<ToolInput>;
  return standard?.version === 1 && typeof standard.validate === "function";
}
