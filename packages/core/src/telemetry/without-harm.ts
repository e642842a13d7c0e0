import { diag } from "@opentelemetry/api";
import type { RunWatch, RunWatcher } from "../run/execute-run.js";

/** Neither an SDK that fails nor what an app plugged into it costs a run anything: OpenTelemetry's own log is told. */
export function withoutHarm(watcher: RunWatcher): RunWatcher {
  return (run) => {
    const watch = attempt(() => watcher(run));
    return (
      watch && {
        ...within(watch),
        on: (event) => attempt(() => watch.on?.(event)),
        end: (end) => attempt(() => watch.end(end)),
      }
    );
  };
}

function within(watch: RunWatch): Pick<RunWatch, "within"> {
  const own = watch.within?.bind(watch);
  return own ? { within: own } : {};
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    diag.error("wasmforge: telemetry failed", error);
    return undefined;
  }
}
