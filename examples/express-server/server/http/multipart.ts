import type { IncomingMessage } from "node:http";
import { Busboy } from "@fastify/busboy";
import { Problem } from "../problem.js";
import { FormFields, formLimits, tooManyFields } from "./form-fields.js";
import type { FormLimits, UploadedFile } from "./form-parts.js";
import type { Holding } from "./held-bytes.js";
import { cutOff } from "./read-body.js";

type BusboyInstance = InstanceType<typeof Busboy>;

/** Boundaries and headers of the parts. */
const framingBytes = 16_384;

export function readMultipart(
  request: IncomingMessage,
  limits: FormLimits,
  holding: Holding,
): Promise<ReadonlyMap<string, string | UploadedFile>> {
  return new Promise((resolve, reject) => {
    const fields = new FormFields<string | UploadedFile>(limits.maxFieldBytes);
    const parser = createParser(request, limits);
    const release = () => {
      request.off("data", take).off("close", abort).off("error", abort).unpipe(parser);
    };
    const stop = (error: unknown) => {
      release();
      // What is still in the parser may fail later, when nobody asks any more.
      parser.on("error", () => {});
      reject(error instanceof Problem ? error : malformed(error));
    };
    /** What an event leads to may refuse the form. */
    const trying =
      <A extends unknown[]>(handle: (...args: A) => void) =>
      (...args: A) => {
        try {
          handle(...args);
        } catch (error) {
          stop(error);
        }
      };
    const take = trying((piece: Buffer) => holding.take(piece, mostBytes(limits)));
    const abort = () => {
      // What has come whole may still be in the parser.
      if (!request.complete) stop(cutOff());
    };

    const onField = (name: string, value: string, nameTruncated: boolean, valueTruncated: boolean) => {
      if (valueTruncated) throw fields.tooLarge(name);
      fields.add(nameTruncated ? "x".repeat(formLimits.maxNameChars + 1) : name, value);
    };
    parser.on("field", trying(onField));
    parser.on("file", (field, stream, name) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", stop);
      stream.on("limit", () => stop(fileTooLarge(limits)));
      const onEnd = () => {
        if (field !== limits.file?.field) throw notAFile(field);
        fields.add(field, { name: name ?? "", bytes: Buffer.concat(chunks) });
      };
      stream.on("end", trying(onEnd));
    });
    const tooMany = () => stop(tooManyFields());
    parser.on("partsLimit", tooMany).on("fieldsLimit", tooMany).on("filesLimit", tooMany);
    parser.on("error", stop);
    parser.on("finish", () => {
      release();
      resolve(fields);
    });
    if (request.destroyed) stop(cutOff());
    else request.on("data", take).on("close", abort).on("error", abort).pipe(parser);
  });
}

function createParser({ headers }: IncomingMessage, { maxFieldBytes, file }: FormLimits): BusboyInstance {
  try {
    return new Busboy({
      headers: { ...headers, "content-type": headers["content-type"] ?? "" },
      // A path in a file's name is to be seen, and refused.
      preservePath: true,
      limits: {
        fieldNameSize: formLimits.maxNameChars + 1,
        fieldSize: maxFieldBytes,
        fields: formLimits.maxFields,
        files: file ? 1 : 0,
        fileSize: file?.maxBytes ?? 0,
        parts: formLimits.maxFields + 1,
        headerPairs: 20,
      },
    });
  } catch (error) {
    throw malformed(error);
  }
}

function mostBytes({ maxFieldBytes, file }: FormLimits): number {
  return maxFieldBytes + (file?.maxBytes ?? 0) + framingBytes;
}

function malformed(cause: unknown): Problem {
  return new Problem("invalid", "The form is malformed.", { cause });
}

function fileTooLarge({ file }: FormLimits): Problem {
  return new Problem("invalid", `The file has more than ${file?.maxBytes ?? 0} bytes.`);
}

function notAFile(field: string): Problem {
  return new Problem("invalid", `There is no file ${JSON.stringify(field)} in this form.`);
}
