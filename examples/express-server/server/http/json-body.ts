import type { Request } from "express";
import { Problem } from "../problem.js";
import type { Holding } from "./held-bytes.js";
import { readBody } from "./read-body.js";

const utf8 = new TextDecoder();

export async function readJson(request: Request, maxBytes: number, holding: Holding): Promise<unknown> {
  if (!request.is("application/json")) {
    throw new Problem("unsupported_media_type", "Send JSON, with the content type application/json.");
  }
  const { "content-type": type = "", "content-encoding": packing = "identity" } = request.headers;
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type)?.[1] ?? "utf-8";
  if (!/^utf-?8$/i.test(charset) || packing.toLowerCase() !== "identity") {
    throw new Problem("unsupported_media_type", "Send JSON as UTF-8, and not packed.");
  }
  const bytes = await readBody(request, maxBytes, holding);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    // What the parser says of it has a part of it, which is nothing for the log.
    throw new Problem("invalid", "The request is not JSON.");
  }
}
