import { ForgeError, type ModelKind, normalizeModelName } from "@wasmforge/bridge";
import { z } from "zod";

/** A model as an operator declares it: plugins call it by its alias. */
export interface DeclaredAlias {
  /** The model behind it, for example `llama3.2:latest`. A digest may follow: `llama3.2@sha256:…`. */
  readonly target: string;
  /** The weights that are trusted. At least twelve hexadecimal digits. */
  readonly digest?: string;
  /** @default the model's own */
  readonly kind?: ModelKind;
  readonly description?: string;
  readonly limits?: AliasLimits;
}

/** What one call of an alias may have at most, besides what the policy says. */
export interface AliasLimits {
  /** Characters that a call gives the model to read: prompt, system prompt and all texts to embed. @default what the policy says */
  readonly maxPromptChars?: number;
  /** Tokens of an answer. @default what the call asks for */
  readonly maxTokens?: number;
  /** Images in one call. @default what the policy says */
  readonly maxImages?: number;
  /** How many milliseconds a call may take, waiting included. @default the run's own time */
  readonly timeoutMs?: number;
}

/** What a registry is made of: aliases such as `summarizer@2`, each with what is behind it. A text is only a target. */
export type Declarations = Readonly<Record<string, DeclaredAlias | string>>;

export interface ResolvedAlias {
  readonly alias: string;
  readonly target: string;
  readonly digest: string | undefined;
  readonly kind: ModelKind | undefined;
  readonly description: string | undefined;
  readonly limits: AliasLimits;
}

export interface ModelRegistry {
  /** What is behind an alias now. */
  find(alias: string): ResolvedAlias | undefined;
  list(): readonly ResolvedAlias[];
  /** Adds or replaces one; calls that are under way keep what they began with. */
  declare(alias: string, declared: DeclaredAlias | string): void;
  withdraw(alias: string): void;
  /** Replaces everything at once, or nothing where something is wrong with it. */
  replace(declarations: Declarations): void;
}

const name = z.string().regex(/^[^\s\p{Cc}]{1,350}$/u, "is no name of a model");
const positive = z.int().min(1);

const entrySchema = z.strictObject({
  target: name,
  digest: z
    .string()
    .regex(/^(sha256:)?[0-9a-f]{12,64}$/, "is not 12 to 64 hexadecimal digits")
    .optional(),
  kind: z.enum(["text", "code", "vision", "embedding"]).optional(),
  description: z.string().max(1_000).optional(),
  limits: z
    .strictObject({
      maxPromptChars: positive.optional(),
      maxTokens: positive.optional(),
      maxImages: z.int().min(0).optional(),
      timeoutMs: positive.optional(),
    })
    .default({}),
});

const declarationsSchema = z.record(name, z.union([name, entrySchema]));

/** Aliases for models, declared by the operator: in code, or read from a file with `readModelRegistry`. */
export function createModelRegistry(declarations: Declarations = {}): ModelRegistry {
  let aliases = parseDeclarations(declarations);
  return {
    find: (alias) => aliases.get(normalizeModelName(alias)),
    list: () => [...aliases.values()],
    declare: (alias, declared) => {
      aliases = new Map([...aliases, ...parseDeclarations({ [alias]: declared })]);
    },
    withdraw: (alias) => {
      aliases = new Map(aliases);
      aliases.delete(normalizeModelName(alias));
    },
    replace: (next) => {
      aliases = parseDeclarations(next);
    },
  };
}

/** Declarations of an unknown kind, or a `ForgeError` that says which alias is wrong and why. */
export function parseDeclarations(declarations: unknown): Map<string, ResolvedAlias> {
  const parsed = declarationsSchema.safeParse(declarations);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ForgeError(
      "invalid_options",
      `model registry: ${issue?.path.join(".")}: ${issue?.message ?? "is malformed"}`,
    );
  }
  const entries = Object.entries(parsed.data).map(([alias, declared]) => toAlias(alias, declared));
  const aliases = new Map(entries.map((entry) => [entry.alias, entry]));
  if (aliases.size < entries.length) {
    throw new ForgeError(
      "invalid_options",
      "model registry: two aliases are the same once `:latest` is added",
    );
  }
  return aliases;
}

function toAlias(alias: string, declared: string | z.output<typeof entrySchema>): ResolvedAlias {
  const entry = typeof declared === "string" ? entrySchema.parse({ target: declared }) : declared;
  const [target = "", pinned] = entry.target.split("@sha256:");
  const digest = entry.digest ?? pinned;
  if (digest !== undefined && !/^(sha256:)?[0-9a-f]{12,64}$/.test(digest)) {
    throw new ForgeError(
      "invalid_options",
      `model registry: ${alias}: the digest is not 12 to 64 hexadecimal digits`,
    );
  }
  return Object.freeze({
    alias: normalizeModelName(alias),
    target: normalizeModelName(target),
    digest: digest?.replace(/^sha256:/, ""),
    kind: entry.kind,
    description: entry.description,
    limits: Object.freeze(withoutUndefined(entry.limits)),
  });
}

function withoutUndefined(limits: Readonly<Record<string, number | undefined>>): AliasLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
