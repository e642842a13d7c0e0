/** How a Node program sends deltas away and takes them back. */
import { type OpenDeltaOptions, open, type SealDeltaOptions, seal } from "../delta/sealed-delta.js";
import { node } from "./node.js";

/**
 * Makes a delta (see `Instance.checkpoint`) fit to leave the process: whoever opens it knows that it is whole and whose it
 * is, and with a key also that this host made it.
 */
export function sealDelta(delta: Uint8Array, options: SealDeltaOptions): Promise<Uint8Array<ArrayBuffer>> {
  return seal(node, delta, options);
}

/** The delta, for `Instance.resume`. Throws a `DeltaError` for all that was not sealed for this owner, key and image. */
export function openDelta(sealed: Uint8Array, options: OpenDeltaOptions): Promise<Uint8Array<ArrayBuffer>> {
  return open(node, sealed, options);
}
