/** The forms of what clients send as text. */
import { z } from "zod";
import { inputTypes } from "../../storage/plugins/index.js";

/** What a database can keep and a page can show. */
export function plainText(maxChars: number) {
  return z
    .string()
    .max(maxChars, `must have at most ${maxChars} characters`)
    .refine((text) => !/[\0\p{Surrogate}]/u.test(text), "must be text without zero characters");
}

export const nameParam = z.object({ name: plainText(200).meta({ description: "The plugin's name." }) });

export const versionParam = nameParam.extend({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number)
    .meta({ description: "The number of a version." }),
});

export const inputType = z.enum(inputTypes, `must be one of: ${inputTypes.join(", ")}`);
export const description = plainText(2_000);
export const inputHint = plainText(500);

export const tag = z
  .string()
  .regex(
    /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}-]{0,29}$/u,
    "must be lower-case letters, digits and -, at most 30",
  );
export const tags = z
  .array(tag)
  .max(10, "must be at most 10")
  .transform((list) => [...new Set(list)]);

export const userName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, "must be a name of small letters, digits, dots, - and _, at most 63");

/** A number in a query, which is text. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
}

/** As an answer writes it. */
export const moment = z.iso.datetime();
