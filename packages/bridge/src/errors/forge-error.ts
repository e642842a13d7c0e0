/** The same in every copy of this package. */
const marker = Symbol.for("wasmforge.ForgeError");

/**
 * Misuse by the host app, or a fault of the host's side. What a plugin does is never thrown: it is an outcome.
 * The message tells its reader what to do next.
 */
export class ForgeError extends Error {
  readonly [marker] = true;

  constructor(
    readonly code: ForgeErrorCode,
    message: string,
    { cause }: { readonly cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ForgeError";
  }

  /** By marker, not by class: two copies of this package may be installed. */
  static is(value: unknown): value is ForgeError {
    return value instanceof Error && marker in value;
  }
}

export type ForgeErrorCode =
  /** Options, a plugin or a policy that are not what they must be. The message names the field. */
  | "invalid_options"
  /** The queue is full, or the run waited in it for too long. The same request may succeed later. */
  | "overloaded"
  /** The Forge was closed, or is being closed. */
  | "closed"
  /** No runtime can be had: an image or a package is missing, damaged, or of another version. */
  | "runtime_unavailable"
  /** Seats die before they can run anything. */
  | "seat_failed"
  /** A sleeping session was tampered with, is of another image or version, or belongs to somebody else. */
  | "session_refused"
  /** The runtime that was chosen cannot do this; for example, the fallback has no sessions. */
  | "unsupported"
  /** A record does not fit the plugin's calls: it is damaged, or of another run. */
  | "replay_mismatch"
  /** A sink of audit records failed. */
  | "audit_failed";
