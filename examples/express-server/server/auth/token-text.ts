import { createHash, randomBytes } from "node:crypto";

/**
 * A token is `wf_ID_SECRET`. The id may be shown and logged; of the secret only a hash is kept. It is random and long, so
 * a fast hash is enough: there is nothing to guess.
 */
export interface NewToken {
  readonly id: string;
  readonly text: string;
  readonly secretHash: string;
}

const form = /^wf_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

export function generateToken(): NewToken {
  const id = randomBytes(6).toString("hex");
  const secret = randomBytes(32).toString("base64url");
  return { id, text: `wf_${id}_${secret}`, secretHash: hashSecret(secret) };
}

export function parseToken(text: string): { readonly id: string; readonly secretHash: string } | undefined {
  const [, id, secret] = form.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secretHash: hashSecret(secret) };
}

export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
