import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import type { Request } from "express";
import { Problem } from "../problem.js";
import { discardRest } from "./discard-rest.js";

export interface UploadedFile {
  /** As the client gave it. It never names a file of ours. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface FormLimits {
  /** Of one field. */
  readonly maxFieldBytes: number;
  /** Without it the form has no files. */
  readonly file?: { readonly field: string; readonly maxBytes: number } | undefined;
}

export type FormFields = ReadonlyMap<string, string | UploadedFile>;

const maxFields = 20;
/** Names, boundaries and headers of the parts. */
const framingBytes = 16_384;
/** Every byte may be sent as three. */
const urlencodedFactor = 3;

/**
 * Reads a form, multipart or urlencoded, whole into memory: as much as its limits allow and no more. What is not a form,
 * is cut off or says something twice is refused.
 */
export async function readForm(request: Request, limits: FormLimits): Promise<FormFields> {
  const contentType = request.headers["content-type"] ?? "";
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\s*(;|$)/i.test(contentType)) {
    throw new Problem(
      "unsupported_media_type",
      "Send a form: multipart/form-data or application/x-www-form-urlencoded.",
    );
  }
  try {
    return await parse(request, { ...request.headers, "content-type": contentType }, limits);
  } catch (error) {
    await discardRest(request);
    throw error instanceof Problem
      ? error
      : new Problem("invalid", "The form is malformed.", { cause: error });
  }
}

function parse(request: Request, headers: BusboyHeaders, limits: FormLimits): Promise<FormFields> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string | UploadedFile>();
    const add = (name: string, value: string | UploadedFile) => {
      if (fields.has(name))
        return stop(new Problem("invalid", `The field ${JSON.stringify(name)} is there twice.`));
      fields.set(name, value);
    };
    const parser = new Busboy({
      headers,
      preservePath: true,
      limits: {
        fieldNameSize: 100,
        fieldSize: limits.maxFieldBytes,
        fields: maxFields,
        files: limits.file ? 1 : 0,
        fileSize: limits.file?.maxBytes ?? 0,
        parts: maxFields + 1,
        headerPairs: 20,
      },
    });
    let bytes = 0;
    const count = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytesOf(limits)) stop(new Problem("too_large", "The form is too large."));
    };
    const cutOff = () => stop(new Problem("invalid", "The form ends in the middle."));
    const stop = (error: unknown) => {
      release();
      // What is still in the parser may fail later, when nobody asks any more.
      parser.on("error", () => {});
      reject(error);
    };
    const release = () => {
      request.off("data", count).off("aborted", cutOff).off("error", stop).unpipe(parser);
    };

    parser.on("field", (name, value, nameTruncated, valueTruncated) => {
      if (nameTruncated) return stop(new Problem("invalid", "A field has a name that is too long."));
      if (valueTruncated) {
        const message = `The field ${JSON.stringify(name)} has more than ${limits.maxFieldBytes} bytes.`;
        return stop(new Problem("too_large", message));
      }
      add(name, value);
    });
    parser.on("file", (field, stream, name) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", stop);
      stream.on("limit", () => {
        stop(new Problem("invalid", `The file has more than ${limits.file?.maxBytes ?? 0} bytes.`));
      });
      stream.on("end", () => {
        if (field !== limits.file?.field)
          return stop(new Problem("invalid", `There is no file ${JSON.stringify(field)} in this form.`));
        add(field, { name: name ?? "", bytes: Buffer.concat(chunks) });
      });
    });
    const tooMany = () => stop(new Problem("invalid", "The form has too many fields or files."));
    parser.on("partsLimit", tooMany).on("fieldsLimit", tooMany).on("filesLimit", tooMany);
    parser.on("error", stop);
    parser.on("finish", () => {
      release();
      resolve(fields);
    });
    request.on("data", count).on("aborted", cutOff).on("error", stop).pipe(parser);
  });
}

function maxBytesOf({ maxFieldBytes, file }: FormLimits): number {
  return maxFieldBytes * urlencodedFactor + (file?.maxBytes ?? 0) + framingBytes;
}
