import { queryOptions } from "@tanstack/react-query";
import { requestJson } from "./request.js";
import type { Models } from "./shapes.js";

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => requestJson<Models>("/api/models", { signal }),
  staleTime: 30_000,
});
