import type { JsonSchema, JsonValue } from "@wasmforge/bridge";
import { toText } from "./answer-text.js";
import type { Reading } from "./reading.js";
import { reviewCode } from "./tasks/code-review.js";
import { summarize } from "./tasks/summarize.js";

/** Schemas come from plugins: they are followed so deep and so far. */
const mostDepth = 8;
const mostValues = 300;

/** A value that follows the schema, as far as it uses what is common; names of fields tell what goes into them. */
export function fillSchema(schema: JsonSchema, reading: Reading): JsonValue {
  let values = 0;
  const definitions = toObject(schema.$defs ?? schema.definitions);

  const fill = (part: unknown, name: string, depth: number): JsonValue => {
    const rules = toObject(part);
    values += 1;
    if (depth > mostDepth || values > mostValues) {
      return null;
    }
    if ("const" in rules) {
      return rules.const as JsonValue;
    }
    if (Array.isArray(rules.enum) && rules.enum.length > 0) {
      const words = rules.enum.filter((one) => typeof one === "string");
      return words.length === rules.enum.length ? reading.choose(words) : (rules.enum[0] as JsonValue);
    }
    if (typeof rules.$ref === "string") {
      return fill(definitions[rules.$ref.replace(/^#\/(?:\$defs|definitions)\//, "")], name, depth + 1);
    }
    const [option] = [rules.anyOf, rules.oneOf, rules.allOf].flatMap((list) =>
      Array.isArray(list) ? list : [],
    );
    if (option !== undefined && rules.type === undefined) {
      return fill(option, name, depth + 1);
    }
    const type = Array.isArray(rules.type) ? rules.type.find((one) => one !== "null") : rules.type;
    switch (type ?? (rules.properties === undefined ? "string" : "object")) {
      case "object":
        return Object.fromEntries(
          Object.entries(toObject(rules.properties)).map(([field, inner]) => [
            field,
            fill(inner, field, depth + 1),
          ]),
        );
      case "array": {
        const items = toList(name, reading);
        const isOfText = (toObject(rules.items).type ?? "string") === "string";
        const few = isOfText ? items : [fill(rules.items, name, depth + 1)];
        return few.slice(0, toNumber(rules.maxItems) ?? few.length);
      }
      case "number":
      case "integer": {
        const value = toScore(name, reading, [toNumber(rules.minimum), toNumber(rules.maximum)]);
        return type === "integer" ? Math.round(value) : value;
      }
      case "boolean":
        return toFlag(name, reading);
      case "null":
        return null;
      default:
        return toWordsFor(name, reading);
    }
  };
  return fill(schema, "answer", 0);
}

/** An object with the fields that an instruction shows; without any, with what is known. */
export function fillFields(names: readonly string[], reading: Reading, description?: string): JsonValue {
  if (description !== undefined) {
    return { description, demo: true };
  }
  if (names.length === 0) {
    return {
      answer: toText(reading.instruction, reading),
      sentiment: reading.sentiment.mood,
      score: reading.number(),
      keywords: reading.keywords,
      demo: true,
    };
  }
  return Object.fromEntries(
    names.map((name) => {
      if (isNumberName(name)) {
        return [name, toScore(name, reading, [undefined, undefined])];
      }
      if (isFlagName(name)) {
        return [name, toFlag(name, reading)];
      }
      return [name, isListName(name) ? toList(name, reading) : toWordsFor(name, reading)];
    }),
  );
}

const isNumberName = (name: string) =>
  /score|rating|risk|level|confidence|probability|percent|number|count/i.test(name);
const isFlagName = (name: string) =>
  /^(?:is|has|should)|safe|toxic|harmful|flagged|approved|blocked|ok$/i.test(name);
const isListName = (name: string) =>
  /keywords|tags|topics|points|issues|bugs|findings|suggestions|improvements|reasons|items|list|categories/i.test(
    name,
  );

function toScore(
  name: string,
  reading: Reading,
  [least, most]: readonly [number | undefined, number | undefined],
): number {
  const isShare = /confidence|probability/i.test(name);
  const [from, to] = reading.instruction.form.range ?? (isShare ? [0, 1] : [0, 10]);
  const low = least ?? Math.min(from, most ?? from);
  return reading.number([low, Math.max(low, most ?? to)]);
}

function toFlag(name: string, reading: Reading): boolean {
  const isRisky = reading.moderation.risk >= 0.3;
  if (/safe|approved|ok$|allowed/i.test(name)) {
    return !isRisky;
  }
  return /toxic|harm|flag|block|unsafe|spam/i.test(name) ? isRisky : reading.share() >= 0.5;
}

function toList(name: string, reading: Reading): string[] {
  const { content } = reading.instruction;
  const topic = /bug|issue|finding/i.test(name)
    ? "bugs"
    : /secur|vulnerab/i.test(name)
      ? "security"
      : /suggest|improve/i.test(name)
        ? "improvements"
        : undefined;
  if (topic !== undefined) {
    return reviewCode(content, topic).map(({ line, says }) => `line ${line}: ${says}`);
  }
  if (/categor|reasons/i.test(name)) {
    return reading.moderation.kinds.map(({ name: kind }) => kind);
  }
  return /points/i.test(name)
    ? summarize(content, { bullets: true })
        .split("\n")
        .map((line) => line.replace(/^- /, ""))
    : [...reading.keywords];
}

function toWordsFor(name: string, reading: Reading): string {
  const { content } = reading.instruction;
  if (/sentiment|mood|tone|emotion|label/i.test(name)) {
    return reading.sentiment.mood;
  }
  if (/verdict|decision|status/i.test(name)) {
    const { risk } = reading.moderation;
    return risk >= 0.7 ? "BLOCKED" : risk >= 0.3 ? "NEEDS REVIEW" : "APPROVED";
  }
  if (/summary|title|headline/i.test(name)) {
    return summarize(content, { sentences: 1 });
  }
  if (/topic|category|subject|keyword/i.test(name)) {
    return reading.keywords[0] ?? "";
  }
  return toText(reading.instruction, reading);
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function toNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
