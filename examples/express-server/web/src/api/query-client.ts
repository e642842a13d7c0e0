import { QueryClient } from "@tanstack/react-query";
import { meQuery } from "./access.js";
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

/**
 * Somebody else looks at the pages now: what was loaded for whoever it was before is forgotten. Who it is comes first: it
 * decides what else is asked for.
 */
export async function changeUser(client: QueryClient): Promise<void> {
  const isMe = ({ queryKey }: { readonly queryKey: readonly unknown[] }) =>
    queryKey[0] === meQuery.queryKey[0];
  client.removeQueries({ type: "inactive" });
  await client.resetQueries({ predicate: isMe });
  await client.resetQueries({ predicate: (query) => !isMe(query) });
}
