import { timingSafeEqual } from "node:crypto";
import type { AccessConfiguration } from "../configuration/index.js";
import { Problem } from "../problem.js";
import { FreshCache } from "../storage/changes/index.js";
import type { Storage } from "../storage/index.js";
import { findToken, markTokenUsed } from "../storage/tokens/index.js";
import {
  adminIdentity,
  type Identity,
  localIdentity,
  metricsIdentity,
  toAnonymousIdentity,
  toTokenIdentity,
} from "./identity.js";
import { hashSecret, parseToken } from "./token-text.js";

const lastUsedStepMs = 60_000;

export interface AuthenticatorOptions {
  readonly access: AccessConfiguration;
  readonly storage: Storage;
  readonly now: () => number;
  /** When a token was last used could not be written down. */
  readonly onError: (error: unknown) => void;
}

type KnownToken = Awaited<ReturnType<typeof findToken>>;

/** Tells who makes a request, by what it brings along. */
export class Authenticator {
  readonly #withoutToken: Identity;
  readonly #fixed: readonly { readonly hash: string; readonly identity: Identity }[];
  readonly #tokens: FreshCache<KnownToken>;
  readonly #marked = new Map<string, number>();

  constructor(private readonly options: AuthenticatorOptions) {
    const { access, storage } = options;
    this.#withoutToken = access.mode === "open" ? localIdentity : toAnonymousIdentity(access.anonymous);
    this.#fixed = [
      ...(access.adminToken ? [{ hash: hashSecret(access.adminToken), identity: adminIdentity }] : []),
      ...(access.metricsToken ? [{ hash: hashSecret(access.metricsToken), identity: metricsIdentity }] : []),
    ];
    this.#tokens = new FreshCache(storage.changes, {
      maxEntries: 10_000,
      keyOf: (change) => ("token" in change ? change.token : undefined),
    });
  }

  /** A token that is not good is an error, also where none is needed: whoever sends one means to be somebody. */
  async authenticate(authorization: string | undefined): Promise<Identity> {
    if (authorization === undefined) return this.#withoutToken;
    const token = /^bearer +(\S{1,1000})$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw new Problem("unauthorized", "Send a token as the header `Authorization: Bearer TOKEN`.");
    }
    return this.#findFixed(token) ?? (await this.#findStored(token)) ?? refuse();
  }

  #findFixed(token: string): Identity | undefined {
    const hash = hashSecret(token);
    return this.#fixed.find((fixed) => areSame(fixed.hash, hash))?.identity;
  }

  async #findStored(text: string): Promise<Identity | undefined> {
    const given = parseToken(text);
    if (given === undefined) return undefined;
    const { database } = this.options.storage;
    const token = await this.#tokens.get(given.id, () => findToken(database, given.id));
    if (token === undefined || !areSame(token.secretHash, given.secretHash)) return undefined;
    const now = this.options.now();
    if (token.revokedAt !== null)
      throw new Problem("unauthorized", "This token was revoked: ask for another one.");
    if (token.expiresAt !== null && token.expiresAt.getTime() <= now) {
      throw new Problem("unauthorized", "This token has expired: ask for another one.");
    }
    this.#markUsed(token.id, now);
    return toTokenIdentity(token.id, token.userName, token.scopes);
  }

  /** Once a minute, and without holding the request up: it is for people to see which tokens are still needed. */
  #markUsed(id: string, now: number): void {
    if (now - (this.#marked.get(id) ?? 0) < lastUsedStepMs) return;
    if (this.#marked.size > 10_000) this.#marked.clear();
    this.#marked.set(id, now);
    markTokenUsed(this.options.storage.database, id, new Date(now)).catch(this.options.onError);
  }
}

function refuse(): never {
  throw new Problem("unauthorized", "This token is not known here.");
}

function areSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
