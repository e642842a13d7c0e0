/**
 * A delta on its way through the world: to a file, a database, another process.
 *
 *   8 bytes    magic
 *   4          version
 *   4          what protects it: 0 a SHA-256, 1 an HMAC-SHA-256
 *   4          length of the owner, then the owner as UTF-8
 *   …          the delta
 *   32         the hash or HMAC of everything before
 *
 * A hash finds damage. Only a key keeps others from making deltas, and from giving one another owner.
 */
import type { Platform } from "../platform/platform.js";
import { imageHashOf } from "./delta.js";
import { DeltaError } from "./delta-error.js";

export interface SealDeltaOptions {
  /** Whose it is, for example a tenant's id. Only for the same owner can it be opened. */
  readonly owner: string;
  /** At least 32 bytes that only this host knows. Without it anybody can make a delta, or change one. */
  readonly key?: Uint8Array;
}

export interface OpenDeltaOptions extends SealDeltaOptions {
  /** The image that it must have been made with: `Artifact.imageHash`. */
  readonly imageHash: string;
}

type Bytes = Uint8Array<ArrayBuffer>;
type SealingPlatform = Pick<Platform, "sha256" | "hmacSha256">;

const magic = new TextEncoder().encode("wf-sleep");
const version = 1;
const protections = { hash: 0, key: 1 };
const at = { version: 8, protection: 12, ownerLength: 16, owner: 20 };
const sealBytes = 32;
const leastKeyBytes = 32;
const mostOwnerBytes = 1024;

export async function seal(
  platform: SealingPlatform,
  delta: Uint8Array,
  options: SealDeltaOptions,
): Promise<Bytes> {
  const { owner, key } = resolve(options);
  imageHashOf(delta);
  const deltaAt = at.owner + owner.length;
  const sealed = new Uint8Array(deltaAt + delta.length + sealBytes);
  const view = new DataView(sealed.buffer);
  sealed.set(magic);
  view.setUint32(at.version, version, true);
  view.setUint32(at.protection, key ? protections.key : protections.hash, true);
  view.setUint32(at.ownerLength, owner.length, true);
  sealed.set(owner, at.owner);
  sealed.set(delta, deltaAt);
  const sealAt = sealed.length - sealBytes;
  sealed.set(await sealOf(platform, sealed.subarray(0, sealAt), key), sealAt);
  return sealed;
}

/** The delta. Throws a `DeltaError` for everything that was not sealed for this owner, with this key, for this image. */
export async function open(
  platform: SealingPlatform,
  sealed: Uint8Array,
  options: OpenDeltaOptions,
): Promise<Bytes> {
  const { owner, key } = resolve(options);
  // Nobody changes it between the check and the use.
  const bytes = new Uint8Array(sealed);
  const view = new DataView(bytes.buffer);
  if (bytes.length < at.owner + sealBytes || magic.some((byte, i) => bytes[i] !== byte)) {
    throw new DeltaError("damaged", "is none, or cut off");
  }
  if (view.getUint32(at.version, true) !== version) {
    throw new DeltaError("version", "was sealed by another version of this package");
  }
  const isKeyed = view.getUint32(at.protection, true) === protections.key;
  if (isKeyed !== (key !== undefined)) {
    throw new DeltaError(
      "not_authentic",
      isKeyed ? "was sealed with a key, and none is given" : "was sealed without a key",
    );
  }
  const sealAt = bytes.length - sealBytes;
  const expected = await sealOf(platform, bytes.subarray(0, sealAt), key);
  if (!isSame(expected, bytes.subarray(sealAt))) {
    throw isKeyed
      ? new DeltaError("not_authentic", "was changed, or sealed with another key")
      : new DeltaError("damaged", "was changed on its way");
  }
  const deltaAt = at.owner + view.getUint32(at.ownerLength, true);
  if (deltaAt > sealAt) throw new DeltaError("damaged", "is cut off");
  if (!isSame(owner, bytes.subarray(at.owner, deltaAt)))
    throw new DeltaError("foreign_owner", "belongs to somebody else");
  const delta = bytes.slice(deltaAt, sealAt);
  if (imageHashOf(delta) !== options.imageHash)
    throw new DeltaError("foreign_image", "was made with another image");
  return delta;
}

interface Resolved {
  readonly owner: Bytes;
  readonly key: Bytes | undefined;
}

function resolve({ owner: text, key }: SealDeltaOptions): Resolved {
  const owner = new TextEncoder().encode(text);
  // Otherwise all that cannot be encoded would be one and the same owner.
  if (typeof text !== "string" || new TextDecoder("utf-8", { ignoreBOM: true }).decode(owner) !== text) {
    throw new TypeError("owner must be text that UTF-8 can carry: no halves of surrogate pairs");
  }
  if (owner.length > mostOwnerBytes)
    throw new RangeError(`owner must have at most ${mostOwnerBytes} bytes as UTF-8`);
  if (key !== undefined && key.length < leastKeyBytes) {
    throw new RangeError(`key must have at least ${leastKeyBytes} bytes of randomness`);
  }
  return { owner, key: key && new Uint8Array(key) };
}

async function sealOf(platform: SealingPlatform, bytes: Bytes, key: Bytes | undefined): Promise<Uint8Array> {
  const hex = await (key ? platform.hmacSha256(key, bytes) : platform.sha256(bytes));
  return Uint8Array.from({ length: sealBytes }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** Takes equally long wherever they differ. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [i, byte] of one.entries()) difference |= byte ^ (other[i] ?? 0);
  return difference === 0;
}
