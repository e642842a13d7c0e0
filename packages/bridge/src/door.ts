/**
 * The door is the only way out of a guest: one function, bytes in, bytes out.
 *
 * `op` names the request; what the bytes mean is the protocol's business, and how they travel
 * (a direct call, a blocking mailbox between threads, JSPI in a browser) is the transport's.
 * Both arguments come from the guest and must be treated as an enemy's.
 */
export type Door = (op: string, payload: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** A door whose answers are there when it returns: what a guest that blocks its own thread needs. */
export type BlockingDoor = (op: string, payload: Uint8Array) => Uint8Array;
