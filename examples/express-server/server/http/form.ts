import type { Request } from "express";
import { Problem } from "../problem.js";
import type { FormLimits, UploadedFile } from "./form-parts.js";
import type { Holding } from "./held-bytes.js";
import { readMultipart } from "./multipart.js";
import { readUrlencoded } from "./urlencoded.js";

/**
 * Reads a form, multipart or urlencoded, whole into memory: as much as its limits allow and no more. What is not a form,
 * is cut off or says something twice is refused.
 */
export async function readForm(
  request: Request,
  limits: FormLimits,
  holding: Holding,
): Promise<ReadonlyMap<string, string | UploadedFile>> {
  const type = /^\s*([^;\s]+)/.exec(request.headers["content-type"] ?? "")?.[1]?.toLowerCase();
  switch (type) {
    case "application/x-www-form-urlencoded":
      return readUrlencoded(request, limits, holding);
    case "multipart/form-data":
      return readMultipart(request, limits, holding);
    default:
      throw new Problem(
        "unsupported_media_type",
        "Send a form: multipart/form-data or application/x-www-form-urlencoded.",
      );
  }
}
