import { lazy, Suspense, useMemo, useState } from "react";
import { CopyButton } from "../parts/copy-button.js";
import { JsonView } from "../parts/json-view.js";
import { ScrollArea } from "../parts/scroll-area.js";
import { guessView, type OutputView, outputViews, toJson, toText } from "./output-kind.js";
import styles from "./run-output.module.css";
import type { CallView, RunView } from "./run-view.js";

const Markdown = lazy(() =>
  import("../parts/markdown/markdown.js").then(({ Markdown }) => ({ default: Markdown })),
);

const names: Readonly<Record<OutputView, string>> = { markdown: "Markdown", json: "JSON", plain: "Plain" };

/** What a plugin sent. Until it has sent something, what the models are saying. */
export function RunOutput({ view }: { readonly view: RunView }) {
  const { outputs } = view;
  const text = useMemo(() => toText(outputs), [outputs]);
  const [chosen, setChosen] = useState<OutputView>();
  const json = useMemo(() => toJson(outputs), [outputs]);
  const guessed = useMemo(() => guessView(outputs), [outputs]);
  const shown = chosen ?? guessed;
  const hasOutput = outputs.length > 0;
  return (
    <section className={styles.output} aria-label="Output">
      <div className={styles.bar}>
        <h2 className={styles.title}>Output</h2>
        {hasOutput && (
          <div className={styles.tools}>
            <fieldset className={styles.views}>
              <legend className="visually-hidden">Show the output as</legend>
              {outputViews.map((name) => (
                <button
                  key={name}
                  type="button"
                  className={styles.view}
                  aria-pressed={name === shown}
                  onClick={() => setChosen(name)}
                >
                  {names[name]}
                </button>
              ))}
            </fieldset>
            <CopyButton text={text} />
          </div>
        )}
      </div>
      <ScrollArea
        label="What it sent"
        className={styles.body}
        aria-live="polite"
        aria-busy={view.phase !== "ended"}
      >
        {hasOutput ? <Shown as={shown} text={text} json={json} /> : <Meanwhile view={view} />}
      </ScrollArea>
    </section>
  );
}

function Shown({
  as,
  text,
  json,
}: {
  readonly as: OutputView;
  readonly text: string;
  readonly json: object | undefined;
}) {
  if (as === "markdown") {
    return (
      <Suspense fallback={<pre className={styles.text}>{text}</pre>}>
        <Markdown text={text} />
      </Suspense>
    );
  }
  if (as === "json" && json !== undefined) return <JsonView value={json} />;
  return (
    <>
      {as === "json" && (
        <p className={styles.nothing}>This is not one JSON value, so it is shown as it is.</p>
      )}
      <pre className={styles.text}>{text}</pre>
    </>
  );
}

function Meanwhile({ view }: { readonly view: RunView }) {
  const drafts = view.phase === "ended" ? [] : view.calls.filter(isSaying).slice(-4);
  if (drafts.length > 0) {
    // Read out when it is done, not piece by piece.
    return drafts.map((call) => (
      <div className={styles.draft} key={call.call_id} aria-live="off">
        <p className={styles.who}>{call.target ?? "A model"} says</p>
        <pre className={styles.text}>{call.text}</pre>
      </div>
    ));
  }
  const said = {
    asked: "Waiting for a free interpreter…",
    running: "Running…",
    ended: "The plugin sent nothing.",
  }[view.phase];
  return <p className={styles.nothing}>{said}</p>;
}

function isSaying({ text }: CallView): boolean {
  return text !== "";
}

/** What was printed, in the order in which it was. */
export function RunPrinted({ printed }: Pick<RunView, "printed">) {
  if (printed.length === 0) return null;
  return (
    <section className={styles.output} aria-label="Printed">
      <div className={styles.bar}>
        <h2 className={styles.title}>Printed</h2>
        <CopyButton text={printed.map(({ text }) => text).join("")} />
      </div>
      <ScrollArea label="What it printed" className={styles.body}>
        <pre className={styles.printed}>
          {printed.map(({ stream, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only ever added at the end.
            <span key={at} className={stream === "stderr" ? styles.stderr : undefined}>
              {text}
            </span>
          ))}
        </pre>
      </ScrollArea>
    </section>
  );
}
