import type { GenerateRequest } from "@wasmforge/bridge";
import { toImageType } from "../toolkit/index.js";
import type { AiSdkCall, AiSdkContent, AiSdkModel } from "./model.js";

/** The request as the model wants it. */
export function toCall(
  { specificationVersion }: AiSdkModel,
  { prompt, system, images = [], format, temperature, maxTokens }: GenerateRequest,
  abortSignal: AbortSignal,
): AiSdkCall {
  const toFile = (image: Uint8Array): AiSdkContent => ({
    type: "file",
    mediaType: toImageType(image),
    data: /^v[23]$/.test(specificationVersion) ? image : { type: "data", data: image },
  });
  return {
    prompt: [
      ...(system === undefined ? [] : [{ role: "system" as const, content: system }]),
      { role: "user", content: [{ type: "text", text: prompt }, ...images.map(toFile)] },
    ],
    abortSignal,
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(format === undefined
      ? {}
      : { responseFormat: format === "json" ? { type: "json" } : { type: "json", schema: format } }),
  };
}
