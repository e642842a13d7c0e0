import express, { type Request, type Response } from "express";
import { Problem } from "../problem.js";

type Parser = ReturnType<typeof express.json>;

export function createJsonReader(
  maxBytes: number,
): (request: Request, response: Response) => Promise<unknown> {
  const parser: Parser = express.json({ limit: maxBytes, strict: false });
  return async (request, response) => {
    if (!request.is("application/json")) {
      throw new Problem("unsupported_media_type", "Send JSON, with the content type application/json.");
    }
    await new Promise<void>((resolve, reject) => {
      parser(request, response, (error?: unknown) =>
        error === undefined ? resolve() : reject(toProblem(error, maxBytes)),
      );
    });
    return request.body;
  };
}

function toProblem(error: unknown, maxBytes: number): Problem {
  switch ((error as { readonly type?: unknown }).type) {
    case "entity.too.large":
      return new Problem("too_large", `The request has more than ${maxBytes} bytes.`, { cause: error });
    case "charset.unsupported":
    case "encoding.unsupported":
      return new Problem("unsupported_media_type", "Send JSON as UTF-8.", { cause: error });
    default:
      return new Problem("invalid", "The request is not JSON.", { cause: error });
  }
}
