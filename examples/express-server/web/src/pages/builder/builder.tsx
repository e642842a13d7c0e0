import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { modelsQuery } from "../../api/models.js";
import type { Plugin } from "../../api/shapes.js";
import type { EditorHandle } from "../../editor/python-editor.js";
import { setKnownModels } from "../../editor/sdk/known-models.js";
import { Button } from "../../parts/button.js";
import { Notice } from "../../parts/notice.js";
import { PageHead } from "../../parts/page-head.js";
import { Placeholder } from "../../parts/placeholder.js";
import { Tabs } from "../../parts/tabs.js";
import { VersionList } from "../../versions/version-list.js";
import styles from "./builder.module.css";
import { areSame, type Draft, keepDraft } from "./draft.js";
import { Problems } from "./problems.js";
import { PublishForm } from "./publish-form.js";
import { TemplateMenu } from "./template-menu.js";
import { TryDraft } from "./try-draft.js";
import { useCheck } from "./use-check.js";

const PythonEditor = lazy(() =>
  import("../../editor/python-editor.js").then(({ PythonEditor }) => ({ default: PythonEditor })),
);

type Panel = "try" | "publish" | "versions";

export function Builder({
  start,
  draft: kept,
  plugin,
}: {
  /** What is published, or the template that it began with. */
  readonly start: Draft;
  readonly draft: Draft;
  readonly plugin: Plugin | undefined;
}) {
  const [draft, setDraft] = useKeptDraft(plugin?.name, start, kept);
  // What is run or published right after it was typed is what was typed, also where the page is not drawn yet.
  const latest = useRef(draft);
  const [revision, setRevision] = useState(0);
  const [panel, setPanel] = useState<Panel>("try");
  const editor = useRef<EditorHandle>(null);
  const check = useCheck(draft.code);
  useModelNames();
  const isChanged = !areSame(draft, start);
  const change = (changed: Partial<Draft>) => {
    latest.current = { ...latest.current, ...changed };
    setDraft(latest.current);
  };
  const replace = (by: Draft) => {
    change(by);
    setRevision((before) => before + 1);
  };
  const showLine = (line: number, column?: number) => editor.current?.showLine(line, column);
  return (
    <>
      <PageHead
        title={plugin === undefined ? "Build a plugin" : plugin.name}
        lead={
          plugin === undefined
            ? "Write it, try it, publish it. Nothing is published before you say so."
            : undefined
        }
        actions={<TemplateMenu draft={draft} isChanged={isChanged} onChoose={replace} />}
      />
      {plugin !== undefined && isChanged && (
        <div className={styles.note}>
          <Notice
            tone="info"
            actions={
              <Button small onClick={() => replace(start)}>
                Discard them
              </Button>
            }
          >
            <p>There are changes that are not published.</p>
          </Notice>
        </div>
      )}
      <div className={styles.builder}>
        <div className={styles.work}>
          <div className={styles.editor}>
            <Suspense fallback={<Placeholder what="the editor" lines={9} className={styles.waiting} />}>
              <PythonEditor
                handle={editor}
                code={draft.code}
                revision={revision}
                onChange={(code) => change({ code })}
                problems={check.report?.problems ?? []}
              />
            </Suspense>
          </div>
          <Problems check={check} onShow={showLine} />
        </div>
        <Tabs<Panel>
          label="What to do with it"
          tabs={[
            { name: "try", label: "Try" },
            { name: "publish", label: "Publish" },
            ...(plugin === undefined ? [] : [{ name: "versions", label: "Versions" } as const]),
          ]}
          current={panel}
          onSelect={setPanel}
          className={styles.side}
        >
          <div className={styles.panel} hidden={panel !== "try"}>
            <TryDraft
              draft={draft}
              latest={latest}
              isShown={panel === "try"}
              onChange={change}
              onLine={showLine}
            />
          </div>
          {panel === "publish" && (
            <div className={styles.panel}>
              <PublishForm
                draft={draft}
                latest={latest}
                onChange={change}
                hasErrors={check.report?.ok === false}
                onPublished={() => keepDraft(plugin?.name, undefined)}
              />
            </div>
          )}
          {panel === "versions" && plugin !== undefined && (
            <div className={styles.panel}>
              <VersionList
                name={plugin.name}
                mine={plugin.mine}
                {...(isChanged && { draft: { label: "your draft", code: draft.code } })}
              />
            </div>
          )}
        </Tabs>
      </div>
    </>
  );
}

/** What is written survives that the page is left, loaded again, or closed by accident. */
function useKeptDraft(name: string | undefined, start: Draft, kept: Draft) {
  const [draft, setDraft] = useState(kept);
  useEffect(() => {
    keepDraft(name, areSame(draft, start) ? undefined : draft);
  }, [name, draft, start]);
  return [draft, setDraft] as const;
}

function useModelNames(): void {
  const { data } = useQuery(modelsQuery);
  useEffect(() => setKnownModels(data?.models ?? []), [data]);
}
