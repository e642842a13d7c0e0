import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error.js";

/** A server that is away or busy is asked again. One that has said no is not. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  const status = error instanceof ApiError ? error.status : 500;
  return failures < 2 && (status === 0 || status >= 500);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: isWorthRetrying, retryDelay: (failures) => 500 * 2 ** failures, staleTime: 5_000 },
    },
  });
}
