import type { Activity } from "../api/shapes.js";
import { formatDuration, formatShortNumber } from "../text/format.js";
import styles from "./activity-charts.module.css";
import { BarChart, LineChart } from "./chart.js";
import { type Slot, toSlots } from "./scale.js";

const hours = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false });
const days = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });

const spans = {
  day: { step: "hour", count: 24, label: hours, what: "in the last 24 hours" },
  month: { step: "day", count: 30, label: days, what: "in the last 30 days" },
} as const;

/** What happened and how long it took, by the hour of a day or the day of a month. */
export function ActivityCharts({
  activity,
  span,
}: {
  readonly activity: readonly Activity[];
  readonly span: keyof typeof spans;
}) {
  const { label, what, ...stretch } = spans[span];
  const slots = toSlots(activity, { ...stretch, now: Date.now() });
  const toColumns = (values: (of: Activity | undefined) => readonly (number | undefined)[]) =>
    slots.map(({ from, value }: Slot<Activity>) => ({
      label: label.format(from),
      title: `${days.format(from)}${span === "day" ? `, ${hours.format(from)}` : ""}`,
      values: values(value),
    }));
  return (
    <div className={styles.charts}>
      <BarChart
        title={`Runs ${what}`}
        series={[
          { name: "completed", look: "completed" },
          { name: "failed", look: "failed" },
          { name: "stopped", look: "stopped" },
        ]}
        columns={toColumns((of) => [of?.completed, of?.failed, of?.stopped])}
        format={formatShortNumber}
      />
      <LineChart
        title={`Durations ${what}`}
        series={[
          { name: "median", look: "median" },
          { name: "95th percentile", look: "slow" },
        ]}
        columns={toColumns((of) => [of?.p50_ms, of?.p95_ms])}
        format={formatDuration}
      />
    </div>
  );
}
