import type { ProblemCode } from "../problem.js";

export const problemStatus: Readonly<Record<ProblemCode, number>> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  head_too_large: 431,
  unsupported_media_type: 415,
  too_many: 429,
  unavailable: 503,
};
