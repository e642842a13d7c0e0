import type { IncomingMessage } from "node:http";
import { FormFields } from "./form-fields.js";
import type { FormLimits } from "./form-parts.js";
import type { Holding } from "./held-bytes.js";
import { readBody } from "./read-body.js";

/** Every byte may be sent as three. */
const expansion = 3;
/** The names of the fields, and what is between them. */
const framingBytes = 16_384;

export async function readUrlencoded(
  request: IncomingMessage,
  { maxFieldBytes }: FormLimits,
  holding: Holding,
): Promise<ReadonlyMap<string, string>> {
  const bytes = await readBody(request, maxFieldBytes * expansion + framingBytes, holding);
  const fields = new FormFields<string>(maxFieldBytes);
  for (const [name, value] of new URLSearchParams(bytes.toString("latin1"))) {
    if (Buffer.byteLength(value) > maxFieldBytes) throw fields.tooLarge(name);
    fields.add(name, value);
  }
  return fields;
}
