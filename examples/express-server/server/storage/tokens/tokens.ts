import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { Problem } from "../../problem.js";
import { channel, toPayload } from "../changes/index.js";
import type { Database, Executor } from "../database.js";
import { tokens } from "../schema.js";

/** What is kept of a token. The secret itself is not: only its hash. */
export interface StoredToken {
  readonly id: string;
  readonly userName: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export async function storeToken(
  database: Executor,
  token: Pick<StoredToken, "id" | "userName" | "label" | "scopes" | "createdBy" | "expiresAt"> & {
    readonly secretHash: string;
  },
): Promise<StoredToken> {
  const [stored] = await database
    .insert(tokens)
    .values({ ...token, scopes: [...token.scopes] })
    .returning(shown);
  if (stored === undefined) throw new Error("The database stored a token and gave nothing back.");
  return stored;
}

export async function listTokens(database: Executor): Promise<readonly StoredToken[]> {
  return database.select(shown).from(tokens).orderBy(desc(tokens.createdAt), tokens.id).limit(1_000);
}

export async function findToken(
  database: Executor,
  id: string,
): Promise<(StoredToken & { readonly secretHash: string }) | undefined> {
  const [token] = await database
    .select({ ...shown, secretHash: tokens.secretHash })
    .from(tokens)
    .where(eq(tokens.id, id));
  return token;
}

/** Revoking again does no harm, and keeps the time of the first. */
export function revokeToken(database: Database, id: string): Promise<void> {
  return database.transaction(async (transaction) => {
    const found = await transaction
      .update(tokens)
      .set({ revokedAt: sql`coalesce(${tokens.revokedAt}, now())` })
      .where(eq(tokens.id, id))
      .returning({ id: tokens.id });
    if (found.length === 0)
      throw new Problem("not_found", `There is no token with the id ${JSON.stringify(id)}.`);
    await transaction.execute(sql`select pg_notify(${channel}, ${toPayload({ token: id })})`);
  });
}

export async function markTokenUsed(database: Executor, id: string, at: Date): Promise<void> {
  await database
    .update(tokens)
    .set({ lastUsedAt: at })
    .where(and(eq(tokens.id, id), isNull(tokens.revokedAt)));
}

const shown = {
  id: tokens.id,
  userName: tokens.userName,
  label: tokens.label,
  scopes: tokens.scopes,
  createdBy: tokens.createdBy,
  createdAt: tokens.createdAt,
  expiresAt: tokens.expiresAt,
  lastUsedAt: tokens.lastUsedAt,
  revokedAt: tokens.revokedAt,
};
