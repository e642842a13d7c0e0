/** What a token can allow. `admin` includes the others. */
export const scopes = ["run", "publish", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** What a request needs. `read` is seeing what everybody on this server may see. */
export type Permission = "nothing" | "read" | "metrics" | Scope;

/** Who makes a request, and what he may do. */
export interface Identity {
  readonly kind: "local" | "operator" | "admin" | "token" | "metrics" | "anonymous";
  /** What belongs to somebody belongs to this name. Absent for those who are nobody in particular. */
  readonly user: string | null;
  readonly permissions: ReadonlySet<Permission>;
  readonly tokenId?: string;
}

const everything: ReadonlySet<Permission> = new Set(["read", "metrics", "run", "publish", "admin"]);

/** The one user of a server that only this machine can reach. */
export const localIdentity: Identity = { kind: "local", user: "local", permissions: everything };
/** Whoever may read the server's data folder. */
export const operatorIdentity: Identity = { kind: "operator", user: "admin", permissions: everything };
export const adminIdentity: Identity = { kind: "admin", user: "admin", permissions: everything };
export const metricsIdentity: Identity = {
  kind: "metrics",
  user: null,
  permissions: new Set<Permission>(["metrics"]),
};

/** Before it is known who asks. */
export const nobody: Identity = { kind: "anonymous", user: null, permissions: new Set() };

/** Names that nobody can be given, because the server uses them itself. */
export const reservedUsers: ReadonlySet<string> = new Set(["local", "admin"]);

export function toTokenIdentity(tokenId: string, user: string, granted: readonly string[]): Identity {
  const known = scopes.filter((scope) => granted.includes(scope));
  const permissions = known.includes("admin") ? everything : new Set<Permission>(["read", ...known]);
  return { kind: "token", user, permissions, tokenId };
}

export function toAnonymousIdentity(access: "none" | "read" | "run"): Identity {
  const permissions: Permission[] = access === "none" ? [] : access === "read" ? ["read"] : ["read", "run"];
  return { kind: "anonymous", user: null, permissions: new Set(permissions) };
}

export function mayDo({ permissions }: Identity, permission: Permission): boolean {
  return permission === "nothing" || permissions.has(permission);
}

/** On whose behalf runs are queued: those without a name are told apart by where they come from. */
export function toTenant({ user }: Identity, from: { readonly address: string }): string {
  return user === null ? `address ${from.address}` : `user ${user}`;
}
