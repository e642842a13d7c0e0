import type { IncomingMessage } from "node:http";
import { cutOff, FormFields, formTooLarge } from "./form-fields.js";
import type { FormLimits } from "./form-parts.js";

/** Every byte may be sent as three. */
const expansion = 3;
/** The names of the fields, and what is between them. */
const framingBytes = 16_384;

export async function readUrlencoded(
  request: IncomingMessage,
  { maxFieldBytes }: FormLimits,
): Promise<ReadonlyMap<string, string>> {
  const bytes = await readBody(request, maxFieldBytes * expansion + framingBytes);
  const fields = new FormFields<string>(maxFieldBytes);
  for (const [name, value] of new URLSearchParams(bytes.toString("latin1"))) {
    if (Buffer.byteLength(value) > maxFieldBytes) throw fields.tooLarge(name);
    fields.add(name, value);
  }
  return fields;
}

function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const release = () => request.off("data", take).off("end", end).off("aborted", abort).off("error", fail);
    const fail = (error: unknown) => {
      release();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) fail(formTooLarge());
      else chunks.push(chunk);
    };
    const end = () => {
      release();
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    };
    const abort = () => fail(cutOff());
    request.on("data", take).on("end", end).on("aborted", abort).on("error", fail);
  });
}
