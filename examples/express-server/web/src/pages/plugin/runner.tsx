import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { serverQuery } from "../../api/access.js";
import { modelsQuery } from "../../api/models.js";
import { versionQuery } from "../../api/plugins.js";
import type { Plugin } from "../../api/shapes.js";
import { Notice } from "../../parts/notice.js";
import { RunBar } from "../../run/run-bar.js";
import { findInputError, nothingPrepared, RunInput, toInput } from "../../run/run-input.js";
import { RunResult } from "../../run/run-result.js";
import { useRun } from "../../run/use-run.js";
import { DemoNote } from "../models/demo-note.js";
import styles from "./runner.module.css";

export function Runner({
  plugin,
  version,
}: {
  readonly plugin: Plugin;
  readonly version: number | undefined;
}) {
  const { name } = plugin;
  const queries = useQueryClient();
  const run = useRun(() => {
    void queries.invalidateQueries({ queryKey: ["plugin", name], exact: true });
    void queries.invalidateQueries({ queryKey: ["plugin", name, "statistics"] });
    void queries.invalidateQueries({ queryKey: ["runs"] });
  });
  const old = useQuery({ ...versionQuery(name, version ?? plugin.version), enabled: version !== undefined });
  const { input_type: type, input_hint: hint } = old.data ?? plugin;
  const { data: models } = useQuery(modelsQuery);
  const [prepared, setPrepared] = useState(nothingPrepared);
  const error = useInputError(type, prepared);
  const start = () => void run.start({ source: { plugin: name, version }, ...toInput(type, prepared) });
  return (
    <div className={styles.runner}>
      <form
        className={styles.side}
        onSubmit={(event) => {
          event.preventDefault();
          if (error === undefined && !run.isGoing) start();
        }}
      >
        {version !== undefined && version !== plugin.version && (
          <Notice tone="info" title={`This is version ${version}`}>
            <p>
              The current one is {plugin.version}.{" "}
              <Link href={`/plugins/${encodeURIComponent(name)}`}>Run that one</Link>
            </p>
          </Notice>
        )}
        <RunInput type={type} hint={hint} prepared={prepared} onChange={setPrepared} error={error} />
        <RunBar run={run} isReady={error === undefined} onStart={start} />
        {models?.demo && <DemoNote />}
      </form>
      <div className={styles.result}>
        {run.view === undefined ? (
          <p className={styles.nothing}>
            What the plugin says will be here, as it says it, with where the time went and what it cost.
          </p>
        ) : (
          <RunResult view={run.view} />
        )}
      </div>
    </div>
  );
}

function useInputError(...[type, prepared]: [Parameters<typeof findInputError>[0], typeof nothingPrepared]) {
  const { data } = useQuery(serverQuery);
  return findInputError(type, prepared, data?.limits.input_bytes ?? Number.POSITIVE_INFINITY);
}
