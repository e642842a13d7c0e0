import type { ReactNode } from "react";
import { Button } from "../parts/button.js";
import { Notice } from "../parts/notice.js";
import { ScrollArea } from "../parts/scroll-area.js";
import { openSignIn } from "../shell/sign-in-state.js";
import { formatCount } from "../text/format.js";
import { explainEnd, explainFailure } from "./explain-end.js";
import { RunOutput, RunPrinted } from "./run-output.js";
import styles from "./run-result.module.css";
import { RunTimeline } from "./run-timeline.js";
import { RunUsage } from "./run-usage.js";
import { mostCalls, type RunView } from "./run-view.js";
import { useNow } from "./use-now.js";

/** A run as it goes on, and what it left. */
export function RunResult({
  view,
  isShort = false,
  onLine,
}: {
  readonly view: RunView;
  /** Without what only those want to know who work with it. */
  readonly isShort?: boolean;
  /** Shows a line of the source, where there is one to show. */
  readonly onLine?: ((line: number) => void) | undefined;
}) {
  return (
    <div className={styles.result}>
      <RunEnd view={view} onLine={onLine} />
      {view.phase !== "ended" && view.progress !== undefined && <Progress {...view.progress} />}
      {(view.failure === undefined || view.outputs.length > 0) && <RunOutput view={view} />}
      <RunPrinted printed={view.printed} />
      <Logs logs={view.logs} />
      {view.startedAt !== undefined && <LiveTimeline view={view} />}
      {view.usage && <RunUsage usage={view.usage} isShort={isShort} />}
      {!isShort && view.end?.traceback && (
        <details className={styles.details}>
          <summary>Traceback</summary>
          <ScrollArea label="Traceback" className={styles.traceback}>
            <pre>{view.end.traceback}</pre>
          </ScrollArea>
        </details>
      )}
    </div>
  );
}

function RunEnd({
  view: { end, failure },
  onLine,
}: Pick<Parameters<typeof RunResult>[0], "view" | "onLine">) {
  if (failure !== undefined) {
    const { tone, title, text } = explainFailure(failure);
    const actions = failure.status === 401 && (
      <Button small onClick={openSignIn}>
        Sign in
      </Button>
    );
    return (
      <Notice live tone={tone} title={title} {...(actions && { actions })}>
        <p>{text}</p>
      </Notice>
    );
  }
  if (end === undefined) return null;
  const { tone, title, text, detail } = explainEnd(end);
  // A run that went well speaks for itself.
  if (end.status === "completed") {
    return (
      <p className="visually-hidden" role="status">
        {title}. {text}
      </p>
    );
  }
  const actions: ReactNode = end.line !== null && onLine && (
    <Button small onClick={() => onLine(end.line ?? 1)}>
      Show line {end.line}
    </Button>
  );
  return (
    <Notice live tone={tone} title={title} {...(actions && { actions })}>
      <p>{text}</p>
      {detail !== undefined && <p className={styles.detail}>{detail}</p>}
    </Notice>
  );
}

function Progress({ fraction, message }: { readonly fraction: number; readonly message: string }) {
  const percent = Math.round(fraction * 100);
  return (
    <div className={styles.progress}>
      <progress aria-label="Progress" max={100} value={percent} />
      <p>
        {percent} %{message !== "" && ` · ${message}`}
      </p>
    </div>
  );
}

function Logs({ logs }: Pick<RunView, "logs">) {
  if (logs.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary>{formatCount(logs.length, "line")} in the log</summary>
      <ul className={styles.logs}>
        {logs.map(({ level, message }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end.
          <li key={at}>
            <span className={styles.level} data-level={level}>
              {level}
            </span>{" "}
            {message}
          </li>
        ))}
      </ul>
    </details>
  );
}

function LiveTimeline({ view }: { readonly view: RunView }) {
  const { askedAt, startedAt = askedAt, endedAt, usage, calls } = view;
  const now = useNow(endedAt === undefined);
  const queueMs = usage?.queue_ms ?? startedAt - askedAt;
  const wallMs = usage?.wall_ms ?? Math.max(0, (endedAt ?? now) - startedAt);
  const more = calls.length < mostCalls ? 0 : Math.max(0, (usage?.calls ?? 0) - mostCalls);
  return <RunTimeline queueMs={queueMs} wallMs={wallMs} calls={calls} more={more} />;
}
