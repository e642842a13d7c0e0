/**
 * The lines of an audit trail: `{"hash":…,"missing":…,"previous":…,"run":{…},"version":1}`.
 *
 * `hash` is the SHA-256 of the same line without its `hash`, and `previous` is the hash of the line before, so no line
 * can be changed, removed or put in without changing every later one. Whoever can write the whole file can still make
 * up another chain: keep a hash somewhere else to notice that.
 */
import { sha256 } from "../hash/platform/sha256.js";
import { canonicalJson } from "./canonical-json.js";

export interface SealedLine {
  /** Without its line end. */
  readonly line: string;
  readonly hash: string;
}

export interface LinkOfChain {
  /** The hash of the line before; absent in the first. */
  readonly previous: string | undefined;
  /** How many records were lost between the line before and this one. */
  readonly missing: number;
}

/** `run` is canonical JSON. */
export function sealLine(run: string, link: LinkOfChain): SealedLine {
  const rest = restOfLine(run, link);
  const hash = sha256(`{${rest}`);
  return { line: `{"hash":"${hash}",${rest}`, hash };
}

function restOfLine(run: string, { previous, missing }: LinkOfChain): string {
  const previousJson = previous === undefined ? "null" : `"${previous}"`;
  return `"missing":${missing},"previous":${previousJson},"run":${run},"version":1}`;
}

export interface OpenedLine extends LinkOfChain {
  readonly hash: string;
  readonly run: unknown;
}

/** Gives what an intact line says, or what is wrong with it. */
export function openLine(line: string): OpenedLine | { readonly problem: string } {
  const parsed = parseEnvelope(line);
  if (parsed === undefined) return { problem: "is not a record of this version" };
  // Two readers of one text must not find two different records in it, as they would with a key that is there twice.
  if (!isCanonical(parsed.json, line)) return { problem: "is not written as records are" };
  const { hash } = sealLine(canonicalJson(parsed.run), parsed);
  return hash === parsed.hash ? parsed : { problem: "was changed: its hash is another" };
}

function isCanonical(json: unknown, line: string): boolean {
  try {
    return canonicalJson(json) === line;
  } catch (error) {
    // Nested so deeply that there is no stack for it: records are a few levels deep.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const hashPattern = /^[0-9a-f]{64}$/;

function parseEnvelope(line: string): (OpenedLine & { readonly json: unknown }) | undefined {
  const json = parseJson(line);
  if (typeof json !== "object" || json === null) return undefined;
  const { hash, missing, previous, run, version } = json as Record<string, unknown>;
  const isEnvelope =
    Object.keys(json).length === 5 &&
    version === 1 &&
    typeof hash === "string" &&
    hashPattern.test(hash) &&
    (previous === null || (typeof previous === "string" && hashPattern.test(previous))) &&
    Number.isSafeInteger(missing) &&
    Number(missing) >= 0 &&
    typeof run === "object";
  if (!isEnvelope) return undefined;
  return { json, hash, previous: previous ?? undefined, missing: Number(missing), run };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
