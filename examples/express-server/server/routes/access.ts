import { z } from "zod";
import { scopes } from "../auth/index.js";
import { defineRoute, type Route } from "../http/route.js";
import type { Services } from "../services.js";
import type { StoredToken } from "../storage/tokens/index.js";
import { moment, plainText, userName } from "./shapes/text-shapes.js";

const token = z
  .object({
    id: z.string(),
    user: z.string(),
    label: z.string(),
    scopes: z.array(z.string()),
    created_by: z.string(),
    created_at: moment,
    expires_at: moment.nullable(),
    last_used_at: moment.nullable(),
    revoked_at: moment.nullable(),
  })
  .meta({ id: "Token" });

const dayMs = 86_400_000;

export function accessRoutes({ tokens, configuration }: Services): readonly Route[] {
  const about = { tag: "Access", permission: "admin" } as const;
  return [
    defineRoute({
      ...about,
      permission: "nothing",
      method: "get",
      path: "/api/me",
      operation: "whoAmI",
      summary: "Who is asking, and what he may do",
      answer: {
        kind: "json",
        description: "What the server makes of the request.",
        schema: z
          .object({
            kind: z.enum(["local", "operator", "admin", "token", "metrics", "anonymous"]),
            user: z.string().nullable(),
            permissions: z.array(z.string()),
            tokens_needed: z.boolean().meta({ description: "Whether this server asks for tokens at all." }),
          })
          .meta({ id: "Me" }),
      },
      handle: async ({ identity: { kind, user, permissions } }) => ({
        kind,
        user,
        permissions: [...permissions],
        tokens_needed: configuration.access.mode === "tokens",
      }),
    }),
    defineRoute({
      ...about,
      method: "get",
      path: "/api/tokens",
      operation: "listTokens",
      summary: "All tokens, without their secrets",
      answer: { kind: "json", description: "The tokens, newest first.", schema: z.array(token) },
      handle: async () => (await tokens.list()).map(toToken),
    }),
    defineRoute({
      ...about,
      method: "post",
      path: "/api/tokens",
      operation: "issueToken",
      summary: "Issue a token",
      body: {
        kind: "json",
        schema: z.object({
          user: userName.meta({
            description: "Whose it is. What a user publishes belongs to all tokens of his.",
          }),
          label: plainText(100).default("").meta({ description: "To tell it from others." }),
          scopes: z.array(z.enum(scopes)).min(1, "must name at least one scope").max(3),
          days: z
            .int()
            .min(1)
            .max(3_650)
            .optional()
            .meta({ description: "How long it is good. @default for ever" }),
        }),
        maxBytes: 10_000,
      },
      answer: {
        kind: "json",
        description: "The token. Its secret is shown this once.",
        schema: z.object({ token: z.string(), details: token }).meta({ id: "IssuedToken" }),
      },
      handle: async ({ body: { user, label, scopes, days }, identity }) => {
        const expiresAt = days === undefined ? null : new Date(Date.now() + days * dayMs);
        const wanted = { user, label, scopes: [...new Set(scopes)], expiresAt };
        const { text, token } = await tokens.issue(wanted, identity.user ?? "unknown");
        return { token: text, details: toToken(token) };
      },
    }),
    defineRoute({
      ...about,
      method: "delete",
      path: "/api/tokens/{id}",
      operation: "revokeToken",
      summary: "Revoke a token, from now on and for ever",
      params: z.object({ id: z.string().regex(/^[0-9a-f]{12}$/) }),
      answer: {
        kind: "json",
        description: "It is not good any more.",
        schema: z.object({ status: z.literal("revoked"), id: z.string() }).meta({ id: "Revoked" }),
      },
      handle: async ({ params: { id } }) => {
        await tokens.revoke(id);
        return { status: "revoked" as const, id };
      },
    }),
  ];
}

function toToken(stored: StoredToken): z.output<typeof token> {
  return {
    id: stored.id,
    user: stored.userName,
    label: stored.label,
    scopes: [...stored.scopes],
    created_by: stored.createdBy,
    created_at: stored.createdAt.toISOString(),
    expires_at: stored.expiresAt?.toISOString() ?? null,
    last_used_at: stored.lastUsedAt?.toISOString() ?? null,
    revoked_at: stored.revokedAt?.toISOString() ?? null,
  };
}
