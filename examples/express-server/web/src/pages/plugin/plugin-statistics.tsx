import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { statisticsQuery } from "../../api/plugins.js";
import type { PluginStatistics as Statistics } from "../../api/shapes.js";
import { ActivityCharts } from "../../charts/activity-charts.js";
import { Ago } from "../../parts/ago.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { Figures } from "../../parts/figures.js";
import { Placeholder } from "../../parts/placeholder.js";
import { explainEnd } from "../../run/explain-end.js";
import { formatCount, formatDuration, formatShortNumber } from "../../text/format.js";
import styles from "./plugin-statistics.module.css";

export function PluginStatistics({ name }: { readonly name: string }) {
  const { data, error, refetch } = useQuery(statisticsQuery(name));
  if (data === undefined) {
    return error ? (
      <Failure title="The statistics could not be loaded" error={error} onRetry={() => void refetch()} />
    ) : (
      <Placeholder what="statistics" lines={6} />
    );
  }
  const runs = data.completed + data.failed + data.stopped;
  if (runs === 0) {
    return (
      <EmptyState icon="pulse" title="It has not been run yet">
        After the first runs this shows how they ended and how long they took.
      </EmptyState>
    );
  }
  return (
    <div className={styles.page}>
      <Figures label="All runs" figures={toFigures(data, runs)} />
      {data.last_run_at !== null && (
        <p className={styles.last}>
          The last run was <Ago moment={data.last_run_at} />.{" "}
          <Link href={`/activity?plugin=${encodeURIComponent(name)}`}>See its runs</Link>
        </p>
      )}
      <ActivityCharts activity={data.days} span="month" />
      <Reasons reasons={data.reasons} />
    </div>
  );
}

function toFigures({ completed, recent }: Statistics, runs: number) {
  return [
    { name: "runs", value: formatShortNumber(runs) },
    { name: "completed", value: `${Math.round((completed / runs) * 100)} %` },
    { name: "median", value: formatDuration(recent.p50_ms) },
    { name: "95th percentile", value: formatDuration(recent.p95_ms) },
    { name: "model calls", value: formatShortNumber(recent.calls) },
    { name: "tokens", value: formatShortNumber(recent.tokens) },
  ];
}

function Reasons({ reasons }: Pick<Statistics, "reasons">) {
  const counted = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  if (counted.length === 0) return null;
  return (
    <section className={styles.reasons}>
      <h2>Why runs were stopped</h2>
      <ul>
        {counted.map(([reason, count]) => (
          <li key={reason}>
            <strong>{formatCount(count, "run")}</strong>{" "}
            {explainEnd({ status: "stopped", reason, error: null }).title}
          </li>
        ))}
      </ul>
    </section>
  );
}
