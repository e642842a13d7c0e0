import { Link } from "wouter";
import type { Run } from "../../api/shapes.js";
import { Ago } from "../../parts/ago.js";
import { explainEnd } from "../../run/explain-end.js";
import { formatDuration, formatNumber } from "../../text/format.js";
import styles from "./run-table.module.css";
import { StatusTag } from "./status-tag.js";

export function RunTable({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="visually-hidden">Runs, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Ended</th>
            <th scope="col" className={styles.wide}>
              Took
            </th>
            <th scope="col" className={styles.rare}>
              Calls
            </th>
            <th scope="col" className={styles.rare}>
              Tokens
            </th>
            <th scope="col" className={styles.rare}>
              By
            </th>
            <th scope="col" className={styles.wide}>
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run }: { readonly run: Run }) {
  const { id, plugin, version, status, user, usage, started_at } = run;
  const took = formatDuration(usage.queue_ms + usage.wall_ms);
  return (
    <tr>
      <th scope="row">
        <Link href={`/activity/${id}`}>{plugin ?? "a draft"}</Link>
        {version !== null && <span className={styles.version}> v{version}</span>}
        <p className={styles.narrow}>
          {took} · <Ago moment={started_at} />
        </p>
      </th>
      <td>
        <StatusTag status={status} />
        {status !== "completed" && <p className={styles.why}>{explainEnd(run).title}</p>}
      </td>
      <td className={styles.wide}>{took}</td>
      <td className={styles.rare}>{formatNumber(usage.calls)}</td>
      <td className={styles.rare}>{formatNumber(usage.prompt_tokens + usage.completion_tokens)}</td>
      <td className={styles.rare}>{user ?? "somebody"}</td>
      <td className={styles.wide}>
        <Ago moment={started_at} />
      </td>
    </tr>
  );
}
