/** A call as a timeline places it. */
export interface TimedCall {
  readonly at_ms: number;
  /** Absent while it is under way. */
  readonly duration_ms?: number | undefined;
}

export interface Span {
  /** Shares of the whole, 0 to 1. */
  readonly from: number;
  readonly to: number;
}

export interface Timeline<Call> {
  readonly totalMs: number;
  readonly queue: Span;
  readonly run: Span;
  readonly calls: readonly { readonly call: Call; readonly span: Span }[];
}

/** Of a bar that stands for something that took no time worth mentioning. */
const leastShare = 0.004;

/** Places a run and its calls on one line of time. What is still going on reaches to the end of the line. */
export function layOutTimeline<Call extends TimedCall>(
  { queueMs, wallMs }: { readonly queueMs: number; readonly wallMs: number },
  calls: readonly Call[],
): Timeline<Call> {
  const totalMs = Math.max(queueMs + wallMs, 0.001);
  const toSpan = (fromMs: number, toMs: number): Span => {
    const from = clamp(fromMs / totalMs, 0, 1 - leastShare);
    return { from, to: clamp(toMs / totalMs, from + leastShare, 1) };
  };
  return {
    totalMs,
    queue: toSpan(0, queueMs),
    run: toSpan(queueMs, totalMs),
    calls: calls.map((call) => {
      const at = queueMs + call.at_ms;
      return { call, span: toSpan(at, call.duration_ms === undefined ? totalMs : at + call.duration_ms) };
    }),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
