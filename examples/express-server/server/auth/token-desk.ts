import { Problem } from "../problem.js";
import type { Storage } from "../storage/index.js";
import { listTokens, revokeToken, type StoredToken, storeToken } from "../storage/tokens/index.js";
import { reservedUsers, type Scope } from "./identity.js";
import { generateToken } from "./token-text.js";

export interface TokenRequest {
  readonly user: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | null;
}

/** Where tokens are issued and revoked. */
export class TokenDesk {
  constructor(private readonly storage: Storage) {}

  /** The only time that anybody sees `text`. */
  async issue(
    { user, label, scopes, expiresAt }: TokenRequest,
    issuer: string,
  ): Promise<{ readonly token: StoredToken; readonly text: string }> {
    if (reservedUsers.has(user)) {
      throw new Problem(
        "invalid",
        `The name ${JSON.stringify(user)} is the server's own: choose another one.`,
      );
    }
    const { id, text, secretHash } = generateToken();
    const kept = { id, secretHash, userName: user, label, scopes, createdBy: issuer, expiresAt };
    return { token: await storeToken(this.storage.database, kept), text };
  }

  list(): Promise<readonly StoredToken[]> {
    return listTokens(this.storage.database);
  }

  async revoke(id: string): Promise<void> {
    try {
      await revokeToken(this.storage.database, id);
    } finally {
      this.storage.changes.announce({ token: id });
    }
  }
}
