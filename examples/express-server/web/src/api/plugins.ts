import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { requestJson } from "./request.js";
import type {
  CheckReport,
  InputType,
  Plugin,
  PluginCode,
  PluginStatistics,
  PluginVersion,
  Review,
} from "./shapes.js";

export const pluginOrders = ["newest", "updated", "name", "rating", "runs"] as const;

export interface PluginSearch {
  readonly search?: string;
  readonly tag?: string;
  readonly sort?: (typeof pluginOrders)[number];
}

export interface PluginPage {
  readonly items: readonly Plugin[];
  readonly total: number;
}

const pageSize = 24;

const at = (name: string) => `/api/plugins/${encodeURIComponent(name)}`;

export const pluginsQuery = (search: PluginSearch) =>
  infiniteQueryOptions({
    queryKey: ["plugins", search],
    queryFn: ({ pageParam, signal }) =>
      requestJson<PluginPage>("/api/plugins", {
        query: { ...search, limit: pageSize, offset: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const loaded = pages.reduce((sum, { items }) => sum + items.length, 0);
      return loaded < total && pages.at(-1)?.items.length !== 0 ? loaded : undefined;
    },
    placeholderData: keepPreviousData,
  });

export const tagsQuery = queryOptions({
  queryKey: ["plugins", "tags"],
  queryFn: ({ signal }) =>
    requestJson<readonly { readonly tag: string; readonly plugins: number }[]>("/api/tags", { signal }),
});

export const pluginQuery = (name: string) =>
  queryOptions({
    queryKey: ["plugin", name],
    queryFn: ({ signal }) => requestJson<Plugin>(`${at(name)}/details`, { signal }),
  });

export const codeQuery = (name: string) =>
  queryOptions({
    queryKey: ["plugin", name, "code"],
    queryFn: ({ signal }) => requestJson<PluginCode>(`${at(name)}/code`, { signal }),
  });

export const versionsQuery = (name: string) =>
  queryOptions({
    queryKey: ["plugin", name, "versions"],
    queryFn: ({ signal }) => requestJson<readonly PluginVersion[]>(`${at(name)}/versions`, { signal }),
  });

/** A version never changes what it does. */
export const versionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ["plugin", name, "versions", version],
    queryFn: ({ signal }) =>
      requestJson<PluginVersion & { readonly code: string }>(`${at(name)}/versions/${version}`, { signal }),
  });

export const statisticsQuery = (name: string) =>
  queryOptions({
    queryKey: ["plugin", name, "statistics"],
    queryFn: ({ signal }) => requestJson<PluginStatistics>(`${at(name)}/statistics`, { signal }),
  });

export const reviewsQuery = (name: string, limit: number) =>
  queryOptions({
    queryKey: ["plugin", name, "reviews", limit],
    queryFn: ({ signal }) =>
      requestJson<readonly Review[]>(`${at(name)}/reviews`, { query: { limit }, signal }),
    placeholderData: keepPreviousData,
  });

export interface Upload {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly input_type: InputType;
  readonly input_hint: string;
  readonly tags: readonly string[];
}

export function uploadPlugin({ name, code, tags, ...said }: Upload): Promise<PluginCode> {
  const form = new FormData();
  // On one line: forms have line ends of their own, and what is read here is shown on one line anyway.
  for (const [field, value] of Object.entries(said)) form.set(field, value.replace(/\s*\n\s*/g, " "));
  form.set("tags", tags.join(","));
  form.set("file", new File([code], `${name}.py`, { type: "text/x-python" }));
  return requestJson("/api/plugins/upload", { method: "POST", body: form });
}

export function deletePlugin(name: string): Promise<unknown> {
  return requestJson(at(name), { method: "DELETE" });
}

export function restoreVersion(name: string, version: number): Promise<Plugin> {
  return requestJson(`${at(name)}/versions/${version}/restore`, { method: "POST" });
}

export function reviewPlugin(name: string, review: Pick<Review, "rating" | "text">): Promise<unknown> {
  return requestJson(`${at(name)}/review`, { method: "PUT", body: review });
}

export function deleteReview(name: string, author: string): Promise<unknown> {
  return requestJson(`${at(name)}/review`, { method: "DELETE", query: { author } });
}

export function checkPlugin(code: string, signal: AbortSignal): Promise<CheckReport> {
  return requestJson("/api/plugins/check", { method: "POST", body: { code }, signal });
}
