/** How the text of a variable becomes a value. Messages are read after the variable's name. */
import { z } from "zod";

export function text(maxChars: number) {
  return z.string().max(maxChars, `must have at most ${maxChars} characters`);
}

export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,12}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
}

export function url(protocols: readonly string[]) {
  return z.string().refine((value) => protocols.includes(protocolOf(value)), {
    message: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });
}

export function commaSeparated<T extends z.ZodType<string, string>>(item: T) {
  return z
    .string()
    .transform((list) =>
      list
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    )
    .pipe(z.array(item));
}

const ons = ["on", "true", "1", "yes"];
const offs = ["off", "false", "0", "no"];

export const onOff = z
  .string()
  .transform((value) => value.toLowerCase())
  .refine((value) => ons.includes(value) || offs.includes(value), "must be on or off")
  .transform((value) => ons.includes(value));

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : "";
}
