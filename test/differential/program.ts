export interface Program {
  /** Says where it comes from: a file, or a seed. */
  readonly name: string;
  readonly source: string;
}

export interface Result {
  readonly stdout: string;
  /** What it did not catch. */
  readonly error?: { readonly type: string; readonly message: string; readonly line?: number };
}
