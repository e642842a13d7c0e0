import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { activityQuery, type RunSearch, runsQuery, spans } from "../../api/runs.js";
import type { Activity, RunStatus } from "../../api/shapes.js";
import { ActivityCharts } from "../../charts/activity-charts.js";
import { Button, ButtonLink } from "../../parts/button.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { Select, TextField } from "../../parts/field.js";
import { Figures } from "../../parts/figures.js";
import { PageHead } from "../../parts/page-head.js";
import { Placeholder } from "../../parts/placeholder.js";
import { TagButton } from "../../parts/tag.js";
import { openSignIn } from "../../shell/sign-in-state.js";
import { useMe } from "../../shell/use-me.js";
import { useTitle } from "../../shell/use-title.js";
import { formatShortNumber } from "../../text/format.js";
import { withParams } from "../../text/with-params.js";
import styles from "./activity-page.module.css";
import { RunTable } from "./run-table.js";

const spanNames = { day: "24 hours", month: "30 days" } as const;
const statuses: readonly RunStatus[] = ["completed", "failed", "stopped"];

export function ActivityPage() {
  useTitle("Activity");
  const { me, can, error } = useMe();
  if (me === undefined && !error) return <Placeholder what="the activity" lines={6} />;
  if (me?.user === null) return <NotSignedIn />;
  return (
    <>
      <PageHead
        title="Activity"
        lead={
          can("admin")
            ? "All runs on this server: how they ended, how long they took, and what they cost."
            : "Your runs, and those of your plugins: how they ended, how long they took, and what they cost."
        }
      />
      <div className={styles.page}>
        <Charts />
        <Runs />
      </div>
    </>
  );
}

function NotSignedIn() {
  return (
    <EmptyState
      isPage
      icon="pulse"
      title="The history is somebody’s"
      actions={
        <Button look="primary" onClick={openSignIn}>
          Sign in
        </Button>
      }
    >
      Sign in to see your runs, and those of your plugins.
    </EmptyState>
  );
}

function Charts() {
  const [params, setParams] = useSearchParams();
  const span = spans.find((each) => each === params.get("span")) ?? "day";
  const { data, error, refetch } = useQuery(activityQuery(span));
  return (
    <section className={styles.charts} aria-label="Overview">
      <fieldset className={styles.spans}>
        <legend className="visually-hidden">Time</legend>
        {spans.map((each) => (
          <TagButton
            key={each}
            pressed={each === span}
            onClick={() => setParams((before) => withParams(before, { span: each }), { replace: true })}
          >
            {spanNames[each]}
          </TagButton>
        ))}
      </fieldset>
      {data !== undefined ? (
        <>
          <Figures label={`The last ${spanNames[span]}`} figures={toFigures(data)} />
          <ActivityCharts activity={data} span={span} />
        </>
      ) : error ? (
        <Failure title="The overview could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <Placeholder what="the overview" tall lines={2} />
      )}
    </section>
  );
}

function toFigures(activity: readonly Activity[]) {
  const sum = (value: (of: Activity) => number) => activity.reduce((total, of) => total + value(of), 0);
  const runs = sum(({ completed, failed, stopped }) => completed + failed + stopped);
  const completed = sum((of) => of.completed);
  return [
    { name: "runs", value: formatShortNumber(runs) },
    { name: "completed", value: runs === 0 ? "–" : `${Math.round((completed / runs) * 100)} %` },
    { name: "model calls", value: formatShortNumber(sum((of) => of.calls)) },
    { name: "tokens", value: formatShortNumber(sum((of) => of.tokens)) },
  ];
}

function Runs() {
  const [params, setParams] = useSearchParams();
  const plugin = params.get("plugin") ?? "";
  const status = statuses.find((each) => each === params.get("status"));
  const search: RunSearch = { ...(plugin && { plugin }), ...(status && { status }) };
  const set = (name: string, value: string) =>
    setParams((before) => withParams(before, { [name]: value }), { replace: true });
  return (
    <section className={styles.runs} aria-label="Runs">
      <search className={styles.fields}>
        <TextField label="Plugin" value={plugin} onChange={(event) => set("plugin", event.target.value)} />
        <Select label="Ended" value={status ?? ""} onChange={(event) => set("status", event.target.value)}>
          <option value="">however</option>
          {statuses.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </Select>
      </search>
      <Found search={search} />
    </section>
  );
}

function Found({ search }: { readonly search: RunSearch }) {
  const found = useInfiniteQuery(runsQuery(search));
  if (found.isPending) return <Placeholder what="runs" lines={6} />;
  if (found.data === undefined) {
    return (
      <Failure
        title="The runs could not be loaded"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    );
  }
  const runs = found.data.pages.flatMap(({ items }) => items);
  if (runs.length === 0) return <NoRuns isSearch={Object.keys(search).length > 0} />;
  return (
    <>
      <RunTable runs={runs} />
      {found.hasNextPage && (
        <p>
          <Button disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
    </>
  );
}

function NoRuns({ isSearch }: { readonly isSearch: boolean }) {
  return isSearch ? (
    <EmptyState icon="search" title="No such runs">
      No run was of this plugin and ended like this.
    </EmptyState>
  ) : (
    <EmptyState
      icon="pulse"
      title="Nothing has run yet"
      actions={
        <ButtonLink look="primary" href="/plugins">
          Choose a plugin
        </ButtonLink>
      }
    >
      Every run leaves a line here: how it ended, how long it took, and which models it called. Its input and
      output are not kept.
    </EmptyState>
  );
}
