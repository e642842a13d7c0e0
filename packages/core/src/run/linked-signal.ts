/**
 * Signals that follow others, and let go of them when they are not needed any more.
 *
 * An app may give one signal to all its runs, such as that of its own end. So a signal is listened to once, however many
 * follow it: Node takes more than ten listeners for a leak, and says so. `AbortSignal.any` would not be let go of as long
 * as the app's signal lives.
 */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Aborts it by itself, whatever the signals that it follows do. */
  abort(): void;
  /** Lets go of the signals that it follows. */
  unlink(): void;
}

/** A signal that is aborted as soon as one of these is. Whoever made it unlinks it. */
export function linkSignals(...signals: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const linked = new AbortController();
  const unlinks = signals.flatMap((signal) => {
    if (!signal) return [];
    if (signal.aborted) linked.abort(signal.reason);
    return follow(signal, linked);
  });
  return {
    signal: linked.signal,
    abort: () => linked.abort(),
    unlink() {
      for (const unlink of unlinks) unlink();
    },
  };
}

interface Followed {
  readonly followers: Set<AbortController>;
  readonly onAbort: () => void;
}

const followed = new WeakMap<AbortSignal, Followed>();

function follow(signal: AbortSignal, follower: AbortController): () => void {
  const { followers, onAbort } = followed.get(signal) ?? listenTo(signal);
  followers.add(follower);
  return () => {
    followers.delete(follower);
    if (followers.size > 0) return;
    signal.removeEventListener("abort", onAbort);
    followed.delete(signal);
  };
}

function listenTo(signal: AbortSignal): Followed {
  const followers = new Set<AbortController>();
  const onAbort = () => {
    for (const follower of followers) follower.abort(signal.reason);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  const entry = { followers, onAbort };
  followed.set(signal, entry);
  return entry;
}
