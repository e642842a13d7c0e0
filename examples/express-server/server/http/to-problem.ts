import { ForgeError } from "@wasmforge/core";
import { Problem } from "../problem.js";
import { isDatabaseAway } from "../storage/index.js";

/** What a client may know of an error; undefined for faults of ours, of which it may know nothing. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (ForgeError.is(error)) return fromForge(error);
  if (isDatabaseAway(error)) {
    return new Problem("unavailable", "The database cannot be reached at the moment: try again soon.", {
      cause: error,
      retryAfterSeconds: 5,
    });
  }
  // What Express itself refuses, such as a path that cannot be decoded.
  const status = (error as { readonly status?: unknown } | undefined)?.status;
  if (status === 400) return new Problem("invalid", "The request is malformed.");
  if (status === 413) return new Problem("too_large", "The request is too large.");
  return undefined;
}

function fromForge(error: ForgeError): Problem | undefined {
  switch (error.code) {
    case "overloaded":
      return new Problem("unavailable", "There are too many runs at the moment: try again soon.", {
        retryAfterSeconds: 1,
      });
    case "closed":
      return new Problem("unavailable", "The server is being stopped: try again soon.", {
        retryAfterSeconds: 5,
      });
    case "seat_failed":
    case "runtime_unavailable":
      return new Problem("unavailable", "Plugins cannot be run at the moment: try again soon.", {
        cause: error,
        retryAfterSeconds: 5,
      });
    default:
      return undefined;
  }
}
