import type { RunUsage as Usage } from "../api/shapes.js";
import { formatBytes, formatDuration, formatNumber } from "../text/format.js";
import styles from "./run-usage.module.css";

/** Time and memory: what everybody understands at once. */
const shortCount = 4;

/** What a run cost. */
export function RunUsage({ usage, isShort = false }: { readonly usage: Usage; readonly isShort?: boolean }) {
  const figures = toFigures(usage);
  return (
    <dl className={styles.usage} aria-label="Usage">
      {(isShort ? figures.slice(0, shortCount) : figures).map(({ name, value }) => (
        <div key={name} className={styles.figure}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function toFigures(usage: Usage) {
  const { peak_memory_bytes: peak } = usage;
  return [
    { name: "Total", value: formatDuration(usage.queue_ms + usage.wall_ms) },
    { name: "Computing", value: formatDuration(usage.compute_ms) },
    // Mostly for models, but for whoever shows the output too.
    { name: "Waiting", value: formatDuration(usage.wait_ms) },
    // A run that was killed leaves nobody who knows.
    { name: "Peak memory", value: peak === 0 ? "not known" : formatBytes(peak) },
    { name: "Calls", value: formatNumber(usage.calls) },
    {
      name: "Tokens in / out",
      value: `${formatNumber(usage.prompt_tokens)} / ${formatNumber(usage.completion_tokens)}`,
    },
    { name: "Input", value: formatBytes(usage.input_bytes) },
    { name: "Output", value: formatBytes(usage.output_bytes) },
  ];
}
