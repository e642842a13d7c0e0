import type { CSSProperties } from "react";
import { classes } from "../parts/classes.js";
import { formatCount, formatDuration } from "../text/format.js";
import { explainCallCode } from "./explain-call.js";
import styles from "./run-timeline.module.css";
import { layOutTimeline, type Span, type TimedCall } from "./timeline.js";

export interface TimelineCall extends TimedCall {
  readonly op: string;
  readonly target?: string | null | undefined;
  readonly state: "open" | "served" | "failed" | "denied";
  readonly code?: string | null | undefined;
  /** What the plugin was told. */
  readonly told?: string | undefined;
  readonly prompt_tokens?: number | null | undefined;
  readonly completion_tokens?: number | null | undefined;
}

export interface TimelineProps {
  readonly queueMs: number;
  readonly wallMs: number;
  readonly calls: readonly TimelineCall[];
  /** Calls that are not listed. */
  readonly more?: number;
}

/** Where a run's time went: waiting for its turn, computing, and each call. */
export function RunTimeline({ queueMs, wallMs, calls, more = 0 }: TimelineProps) {
  const timeline = layOutTimeline({ queueMs, wallMs }, calls);
  return (
    <section className={styles.timeline} aria-label="Timeline">
      <div className={styles.head}>
        <h2 className={styles.title}>Timeline</h2>
        <p className={styles.legend} aria-hidden="true">
          <span className={styles.queue}>in the queue</span>
          <span className={styles.python}>computing</span>
          <span className={styles.waiting}>waiting for models</span>
        </p>
      </div>
      <ol className={styles.rows}>
        <Row name="Waiting for a turn" time={formatDuration(queueMs)}>
          <Bar span={timeline.queue} look={styles.queue} />
        </Row>
        <Row name="Python" time={formatDuration(wallMs)}>
          <Bar span={timeline.run} look={styles.python} />
          {timeline.calls.map(({ span }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: calls are only ever added at the end.
            <Bar key={at} span={span} look={styles.waiting} />
          ))}
        </Row>
        {timeline.calls.map(({ call, span }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls are only ever added at the end.
          <Row key={at} name={describeCall(call)} time={describeTime(call)} why={describeWhy(call)}>
            <Bar span={span} look={styles[call.state]} />
          </Row>
        ))}
      </ol>
      {more > 0 && <p className={styles.detail}>and {formatCount(more, "more call")}, not listed</p>}
    </section>
  );
}

function Row({
  name,
  time,
  why,
  children,
}: {
  readonly name: string;
  readonly time: string;
  readonly why?: string | undefined;
  readonly children: React.ReactNode;
}) {
  return (
    <li className={styles.row}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.lane} aria-hidden="true">
        {children}
      </span>
      <span className={styles.time}>{time}</span>
      {why !== undefined && <span className={styles.why}>{why}</span>}
    </li>
  );
}

function Bar({ span, look }: { readonly span: Span; readonly look: string | undefined }) {
  const place = { "--from": percent(span.from), "--width": percent(span.to - span.from) } as CSSProperties;
  return <span className={classes(styles.bar, look)} style={place} />;
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

const opNames: Readonly<Record<string, string>> = {
  call_ai: "asks",
  stream_ai: "asks",
  embed: "embeds with",
  call_tool: "uses",
  list_models: "lists the models",
  list_tools: "lists the tools",
};

function describeCall({ op, target }: TimelineCall): string {
  const name = opNames[op];
  if (target === null || target === undefined) return name ?? "a call";
  return name === "asks" || name === undefined ? target : `${name} ${target}`;
}

function describeTime({ state, duration_ms, prompt_tokens, completion_tokens }: TimelineCall): string {
  if (state === "denied") return "refused";
  if (duration_ms === undefined) return state === "open" ? "…" : "ended";
  const tokens = (prompt_tokens ?? 0) + (completion_tokens ?? 0);
  return `${formatDuration(duration_ms)}${tokens > 0 ? ` · ${formatCount(tokens, "token")}` : ""}`;
}

function describeWhy({ state, code, told }: TimelineCall): string | undefined {
  if (state === "open" || state === "served") return undefined;
  const said = code ? explainCallCode(code) : "it failed";
  return `${state === "denied" ? "Refused" : "Failed"}: ${said}${told ? ` (${told})` : ""}`;
}
