import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { requestJson } from "./request.js";
import type { Activity, AuditedRun, RunPage, RunStatus } from "./shapes.js";

export interface RunSearch {
  readonly plugin?: string;
  readonly status?: RunStatus;
}

export const runsQuery = (search: RunSearch) =>
  infiniteQueryOptions({
    queryKey: ["runs", search],
    queryFn: ({ pageParam, signal }) =>
      requestJson<RunPage>("/api/runs", { query: { ...search, before: pageParam, limit: 30 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["runs", id],
    queryFn: ({ signal }) => requestJson<AuditedRun>(`/api/runs/${encodeURIComponent(id)}`, { signal }),
  });

export const spans = ["day", "month"] as const;
export type Span = (typeof spans)[number];

export const activityQuery = (span: Span) =>
  queryOptions({
    queryKey: ["runs", "activity", span],
    queryFn: ({ signal }) => requestJson<readonly Activity[]>("/api/activity", { query: { span }, signal }),
  });
