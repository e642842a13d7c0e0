/** Counts model and tool calls per minute, over all runs of a Forge. */
export interface Rates {
  /** Calls of the last minute. Never less than there were; more only where more are active than the book has lines. */
  lastMinute(who: { readonly plugin: string; readonly tenant: string }): {
    readonly plugin: number;
    readonly tenant: number;
  };
  add(who: { readonly plugin: string; readonly tenant: string }): void;
}

export interface RatesOptions {
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

export function createRates({ now = () => performance.now() }: RatesOptions = {}): Rates {
  void now;
  return { lastMinute: () => ({ plugin: 0, tenant: 0 }), add() {} };
}
