import { queryOptions } from "@tanstack/react-query";
import { requestJson } from "./request.js";
import type { Me, ServerInfo, Token } from "./shapes.js";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => requestJson<Me>("/api/me", { signal }),
  staleTime: 60_000,
});

/** Who a token's owner is. Rejects where it is no token of this server. */
export function whoHas(token: string): Promise<Me> {
  return requestJson("/api/me", { token });
}

export const serverQuery = queryOptions({
  queryKey: ["server"],
  queryFn: ({ signal }) => requestJson<ServerInfo>("/api/info", { signal }),
  staleTime: 60_000,
});

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => requestJson<readonly Token[]>("/api/tokens", { signal }),
});

export const scopes = ["run", "publish", "admin"] as const;
export type Scope = (typeof scopes)[number];

export interface TokenRequest {
  readonly user: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly days?: number;
}

/** The only time that anybody sees the token. */
export function issueToken(
  wanted: TokenRequest,
): Promise<{ readonly token: string; readonly details: Token }> {
  return requestJson("/api/tokens", { method: "POST", body: wanted });
}

export function revokeToken(id: string): Promise<unknown> {
  return requestJson(`/api/tokens/${encodeURIComponent(id)}`, { method: "DELETE" });
}
