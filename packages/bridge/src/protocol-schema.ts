import { z } from "zod";
import type { JsonObject, JsonValue } from "./output.js";
import { isBase64 } from "./protocol-base64.js";
import { isCleanJson, isCleanJsonObject } from "./protocol-json.js";

const json = z.custom<JsonValue>(isCleanJson);
const jsonObject = z.custom<JsonObject>(isCleanJsonObject);
/** Of a model, or a tool. Longer ones are nobody's. */
const name = z.string().min(1).max(1_000);
const ticket = z.int().min(1);

const callAi = z.strictObject({
  op: z.literal("call_ai"),
  model: name,
  // Nobody means an empty prompt, and some model servers take it as "load this model".
  prompt: z.string().min(1),
  system: z.string().optional(),
  /** Bytes as base64: a guest can never name a file of the host. */
  images: z.array(z.string().min(4).refine(isBase64)).optional(),
  format: z.union([z.literal("json"), jsonObject]).optional(),
  temperature: z.number().min(0).max(10).optional(),
  max_tokens: z.int().min(1).optional(),
});

const embed = z.strictObject({
  op: z.literal("embed"),
  model: name,
  texts: z.array(z.string()).min(1),
});

const callTool = z.strictObject({ op: z.literal("call_tool"), name, arguments: jsonObject });

export const callSchema = z.discriminatedUnion("op", [
  callAi,
  embed,
  callTool,
  z.strictObject({ op: z.literal("list_models") }),
  z.strictObject({ op: z.literal("list_tools") }),
  z.strictObject({ op: z.literal("send_output"), text: z.string() }),
  /** One output in two forms: a value for programs, and the text of it that people see. */
  z.strictObject({ op: z.literal("send_json"), value: json, text: z.string().optional() }),
  z.strictObject({ op: z.literal("progress"), fraction: z.number().min(0).max(1), message: z.string() }),
  z.strictObject({
    op: z.literal("log"),
    level: z.enum(["debug", "info", "warning", "error"]),
    message: z.string(),
  }),
  z.strictObject({
    op: z.literal("begin"),
    call: z.discriminatedUnion("op", [callAi, embed, callTool]),
    /** The text is wanted as it comes. Only `call_ai` has any. */
    stream: z.boolean().optional(),
  }),
  z.strictObject({
    op: z.literal("next"),
    tickets: z.array(ticket).min(1),
    /** Without it, for as long as it takes. */
    timeout_ms: z.number().min(0).optional(),
  }),
  z.strictObject({ op: z.literal("cancel"), ticket }),
]);

export const replySchema = z.union([
  z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) }),
  z.strictObject({ ok: json }),
]);
