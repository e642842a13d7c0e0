import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { ApiError } from "../../api/api-error.js";
import { runQuery } from "../../api/runs.js";
import type { AuditedRun } from "../../api/shapes.js";
import { Ago } from "../../parts/ago.js";
import { ButtonLink } from "../../parts/button.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { Notice } from "../../parts/notice.js";
import { PageHead } from "../../parts/page-head.js";
import { Placeholder } from "../../parts/placeholder.js";
import { explainEnd } from "../../run/explain-end.js";
import { RunTimeline } from "../../run/run-timeline.js";
import { RunUsage } from "../../run/run-usage.js";
import { useTitle } from "../../shell/use-title.js";
import styles from "./run-page.module.css";
import { StatusTag } from "./status-tag.js";

export function RunPage({ id }: { readonly id: string }) {
  useTitle("A run");
  const { data, error, refetch } = useQuery(runQuery(id));
  if (data !== undefined) return <Found run={data} />;
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return <Missing />;
  if (error)
    return <Failure title="The run could not be loaded" error={error} onRetry={() => void refetch()} />;
  return <Placeholder what="the run" lines={8} />;
}

function Found({ run }: { readonly run: AuditedRun }) {
  const { plugin, version, user, status, started_at, usage, audit } = run;
  const { tone, title, text, detail } = explainEnd(run);
  return (
    <>
      <PageHead
        title={
          plugin === null ? (
            "A draft"
          ) : (
            <Link href={`/plugins/${encodeURIComponent(plugin)}`} className={styles.plugin}>
              {plugin}
            </Link>
          )
        }
      />
      <p className={styles.facts}>
        <StatusTag status={status} />
        {version !== null && <span>version {version}</span>}
        <span>by {user ?? "somebody without a name"}</span>
        <Ago moment={started_at} />
        <code title="The run’s name in logs and answers">{run.id}</code>
      </p>
      <div className={styles.page}>
        {status !== "completed" && (
          <Notice tone={tone} title={title}>
            <p>{text}</p>
            {detail !== undefined && <p className={styles.detail}>{detail}</p>}
          </Notice>
        )}
        <RunTimeline
          queueMs={usage.queue_ms}
          wallMs={usage.wall_ms}
          calls={audit.map(({ decision, ...call }) => ({ ...call, state: decision }))}
          more={Math.max(0, usage.calls - audit.length)}
        />
        <RunUsage usage={usage} />
        <p className={styles.note}>What went in and what came out is not kept.</p>
      </div>
    </>
  );
}

function Missing() {
  return (
    <EmptyState
      isPage
      icon="search"
      title="There is no such run"
      actions={<ButtonLink href="/activity">See all runs</ButtonLink>}
    >
      It is not yours to see, or too long ago: the history is cleared after a while.
    </EmptyState>
  );
}
