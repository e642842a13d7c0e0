/**
 * Type stubs for plugin authors' editors, made from the tools' JSON schemas.
 *
 * Whatever a description or a schema says, the result is Python that says the same: texts are escaped, and what Python
 * has no type for is `Any`.
 */
import type { JsonObject, JsonValue, ToolInfo } from "@wasmforge/bridge";
import { isPythonName } from "./python-name.js";

const maxDepth = 8;

/** Two classes, for `tools` and `tools_async`. They need `Any` and `Literal`. */
export function toolStubs(tools: readonly ToolInfo[]): string {
  return `${classOf("Tools", "def", tools)}\n${classOf("AsyncTools", "async def", tools)}`;
}

function classOf(name: string, def: string, tools: readonly ToolInfo[]): string {
  const methods = tools.map((tool) => methodOf(def, tool));
  return `class ${name}:\n${methods.join("\n") || "    pass"}\n`;
}

function methodOf(def: string, { name, description, inputSchema }: ToolInfo): string {
  const parameters = ["self", ...parametersOf(inputSchema)].join(", ");
  return `    ${def} ${name}(${parameters}) -> Any:\n        ${docstring(description)}`;
}

function parametersOf(schema: JsonObject): readonly string[] {
  const properties = Object.entries(isObject(schema.properties) ? schema.properties : {});
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const names = new Set(properties.map(([name]) => name));
  const named = properties
    .filter(([name]) => isPythonName(name) && name !== "self")
    .map(([name, type]) => `${name}: ${typeOf(type, 0)}${required.has(name) ? "" : " = ..."}`);
  let others = "others";
  while (names.has(others)) others += "_";
  const isOpen =
    properties.length === 0 || named.length < properties.length || isObject(schema.additionalProperties);
  const isClosed = properties.length === 0 && schema.additionalProperties === false;
  return [...(named.length > 0 ? ["*", ...named] : []), ...(isOpen && !isClosed ? [`**${others}: Any`] : [])];
}

function typeOf(schema: JsonValue | undefined, depth: number): string {
  if (!isObject(schema) || depth > maxDepth) return "Any";
  if (Array.isArray(schema.enum)) return literalOf(schema.enum);
  if (schema.const !== undefined) return literalOf([schema.const]);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return unionOf(choices.map((choice) => typeOf(choice, depth + 1)));
  if (Array.isArray(schema.type)) {
    return unionOf(schema.type.map((type) => typeOf({ ...schema, type }, depth + 1)));
  }
  switch (schema.type) {
    case "string":
      return "str";
    case "integer":
      return "int";
    case "number":
      return "float";
    case "boolean":
      return "bool";
    case "null":
      return "None";
    case "array":
      return `list[${typeOf(schema.items, depth + 1)}]`;
    case "object":
      return `dict[str, ${isObject(schema.additionalProperties) ? typeOf(schema.additionalProperties, depth + 1) : "Any"}]`;
    default:
      return "Any";
  }
}

function unionOf(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 0 || distinct.includes("Any") ? "Any" : distinct.join(" | ");
}

function literalOf(values: readonly JsonValue[]): string {
  const literals = values.map((value) => {
    if (typeof value === "string") return `"${escapeText(value).replaceAll("\n", "\\n")}"`;
    if (typeof value === "boolean") return value ? "True" : "False";
    if (value === null) return "None";
    // Python's `Literal` knows no fractions.
    return Number.isSafeInteger(value) ? String(value) : undefined;
  });
  const isComplete = literals.length > 0 && literals.every((literal) => literal !== undefined);
  return isComplete ? `Literal[${[...new Set(literals)].join(", ")}]` : "Any";
}

function docstring(text: string): string {
  return `"""${escapeText(text).replaceAll("\n", "\n        ")}"""`;
}

/** For between double quotes, single or triple. Line ends stay, and so does what can be seen. */
function escapeText(text: string): string {
  return (
    text
      .replaceAll("\r\n", "\n")
      // Python takes no half of a surrogate pair in documentation.
      .replace(/\p{Surrogate}/gu, "\ufffd")
      .replace(/["\\]/g, "\\$&")
      .replace(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu, escapeCodePoint)
  );
}

function escapeCodePoint(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(16);
  return digits.length > 4 ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
