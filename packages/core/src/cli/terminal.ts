/** What the command line needs of the process that it runs in. */
export interface Terminal {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readFile(path: string): Promise<Uint8Array>;
  readStdin(): Promise<Uint8Array>;
  /** Such as `20.19.0`. */
  readonly nodeVersion: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Imports a package that need not be there. */
  load(name: string): Promise<unknown>;
  /** Ends when the user interrupts. */
  readonly signal: AbortSignal;
}

export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

export const exitCodes = { completed: 0, failed: 1, misuse: 2, stopped: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was given wrong; its message says what is right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
