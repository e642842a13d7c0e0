import { ProviderError } from "@wasmforge/bridge";
import {
  HttpFailure,
  isFields,
  malformed,
  toAbortError,
  toCount,
  toStatusError,
  unreachable,
} from "../toolkit/index.js";

const marker = (name: string) => Symbol.for(`vercel.ai.error.AI_${name}`);
const callError = marker("APICallError");
const formErrors = [
  "JSONParseError",
  "TypeValidationError",
  "InvalidResponseDataError",
  "EmptyResponseBodyError",
].map(marker);
const noModelError = marker("NoSuchModelError");

/** What a model of the SDK threw or sent, as what it means. Its text is for operators: it may quote the prompt. */
export function toProviderError(thrown: unknown, signal: AbortSignal): ProviderError {
  if (signal.aborted) {
    return toAbortError(signal);
  }
  if (ProviderError.is(thrown)) {
    return thrown;
  }
  if (!(thrown instanceof Error)) {
    return new ProviderError("unavailable", "the model server failed in the midst of its answer", {
      cause: new HttpFailure("status", `in the stream: ${toDetail(thrown)}`),
    });
  }
  if (callError in thrown) {
    const status = "statusCode" in thrown ? toCount(thrown.statusCode) : undefined;
    return status === undefined || status === 200
      ? unreachable(thrown.message, thrown)
      : toStatusError(status, thrown.message);
  }
  if (noModelError in thrown) {
    return new ProviderError("model_not_found", "the model server does not have this model", {
      cause: thrown,
    });
  }
  return formErrors.some((form) => form in thrown)
    ? malformed(thrown.message, thrown)
    : unreachable(thrown.message, thrown);
}

function toDetail(thrown: unknown): string {
  return isFields(thrown) ? String(thrown.message ?? "an error without words") : String(thrown);
}
