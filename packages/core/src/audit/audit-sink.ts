/** Where audit records go. `jsonLinesFile` is one; a queue, a database or a collector's client can be another. */
export interface AuditSink {
  /** Called once, before the first `write`: where its chain stands. Without it a chain begins. */
  open?(): Promise<AuditPosition>;
  /**
   * Takes lines of JSON, without line ends, in the order of their chain. Called again only when the call before has
   * settled. A call that fails is made again later, with the same lines first: take all of them or none.
   */
  write(lines: readonly string[]): void | Promise<void>;
  /** Called once, after the last `write`. */
  close?(): Promise<void>;
}

export interface AuditPosition {
  /** The hash of the last line. */
  readonly lastHash?: string;
  /** How many records are known to be lost after it. */
  readonly missing?: number;
}
