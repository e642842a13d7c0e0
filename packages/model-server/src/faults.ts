/**
 * What can go wrong between a client and a model server. Counts of tokens say how much of the answer goes out
 * before; without one, nothing does, not even headers.
 */
export type Fault =
  /** An answer of the server's own, as it stands. */
  | {
      readonly kind: "body";
      readonly body: string | Uint8Array;
      /** @default 200 */
      readonly status?: number;
      /** @default application/json */
      readonly contentType?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** `{"error": …}`, in the form of the format that is spoken. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly error?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
  /** Takes the request and never answers. */
  | { readonly kind: "silent" }
  /** Answers, but only then. */
  | { readonly kind: "late"; readonly until: Promise<unknown> }
  /** The connection is reset. */
  | { readonly kind: "reset"; readonly afterTokens?: number }
  /** The body ends as HTTP wants it, and the answer is not done. */
  | { readonly kind: "cut"; readonly afterTokens: number }
  /** The connection stays, nothing more comes. */
  | { readonly kind: "stall"; readonly afterTokens: number }
  /** An error in the midst of an answer that began well. */
  | { readonly kind: "error"; readonly afterTokens: number; readonly message: string }
  /** These bytes in the midst, then the rest. */
  | { readonly kind: "insert"; readonly afterTokens: number; readonly bytes: string | Uint8Array }
  /** One line that has no end for so many bytes. */
  | { readonly kind: "hugeLine"; readonly afterTokens: number; readonly bytes: number }
  /** Tokens for as long as the client listens. */
  | { readonly kind: "endless" };

export interface FaultScope {
  /** The only path that it strikes. @default every path */
  readonly path?: string;
  /** How often it strikes. @default 1 */
  readonly times?: number;
}

/** Faults that wait to strike, in order. */
export class FaultPlan {
  #entries: { readonly fault: Fault; readonly path: string | undefined; left: number }[] = [];

  add(fault: Fault, { path, times = 1 }: FaultScope = {}): void {
    this.#entries.push({ fault, path, left: times });
  }

  take(path: string): Fault | undefined {
    const entry = this.#entries.find((one) => one.left > 0 && (one.path ?? path) === path);
    if (entry === undefined) {
      return undefined;
    }
    entry.left -= 1;
    this.#entries = this.#entries.filter(({ left }) => left > 0);
    return entry.fault;
  }

  clear(): void {
    this.#entries = [];
  }
}
