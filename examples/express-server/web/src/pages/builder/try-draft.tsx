import { useQuery } from "@tanstack/react-query";
import { type RefObject, useState } from "react";
import { serverQuery } from "../../api/access.js";
import { modelsQuery } from "../../api/models.js";
import type { InputType } from "../../api/shapes.js";
import { RunBar } from "../../run/run-bar.js";
import { findInputError, nothingPrepared, RunInput, toInput } from "../../run/run-input.js";
import { RunResult } from "../../run/run-result.js";
import { useRun } from "../../run/use-run.js";
import { DemoNote } from "../models/demo-note.js";
import type { Draft } from "./draft.js";
import styles from "./forms.module.css";
import { InputKindChoice } from "./input-kind-choice.js";

/** Runs what is in the editor, as it is. Nobody else sees it. */
export function TryDraft({
  draft,
  latest,
  isShown,
  onChange,
  onLine,
}: {
  readonly draft: Draft;
  /** The same, and what was typed since it was drawn. */
  readonly latest: RefObject<Draft>;
  readonly isShown: boolean;
  readonly onChange: (changed: { readonly input_type: InputType }) => void;
  readonly onLine: (line: number) => void;
}) {
  const { data: server } = useQuery(serverQuery);
  const { data: models } = useQuery(modelsQuery);
  const [prepared, setPrepared] = useState(nothingPrepared);
  const run = useRun();
  const { input_type: type, input_hint: hint } = draft;
  const error = findInputError(type, prepared, server?.limits.input_bytes ?? Number.POSITIVE_INFINITY);
  const start = () => void run.start({ source: { code: latest.current.code }, ...toInput(type, prepared) });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (error === undefined && !run.isGoing) start();
      }}
    >
      <InputKindChoice value={type} onChange={(input_type) => onChange({ input_type })} />
      <RunInput type={type} hint={hint} prepared={prepared} onChange={setPrepared} error={error} />
      <RunBar run={run} isReady={error === undefined && isShown} label="Try it" onStart={start} />
      {models?.demo && run.view === undefined && <DemoNote />}
      {run.view && <RunResult view={run.view} onLine={onLine} />}
    </form>
  );
}
