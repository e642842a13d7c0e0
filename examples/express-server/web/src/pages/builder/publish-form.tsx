import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useDeferredValue, useState } from "react";
import { useLocation } from "wouter";
import { pluginsQuery, uploadPlugin } from "../../api/plugins.js";
import { Button } from "../../parts/button.js";
import { Failure } from "../../parts/failure.js";
import { TextArea, TextField } from "../../parts/field.js";
import { Notice } from "../../parts/notice.js";
import { openSignIn } from "../../shell/sign-in-state.js";
import { useMe } from "../../shell/use-me.js";
import { type Draft, findNameError, findTagsError, toTags } from "./draft.js";
import styles from "./forms.module.css";
import { InputKindChoice } from "./input-kind-choice.js";

export function PublishForm({
  draft,
  latest,
  onChange,
  hasErrors,
  onPublished,
}: {
  readonly draft: Draft;
  /** The same, and what was typed since it was drawn. */
  readonly latest: RefObject<Draft>;
  readonly onChange: (changed: Partial<Draft>) => void;
  readonly hasErrors: boolean;
  readonly onPublished: () => void;
}) {
  const { me, can } = useMe();
  const [isTried, setTried] = useState(false);
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const nameError = findNameError(draft.name);
  const tagsError = findTagsError(draft.tags);
  const there = useExisting(draft.name, nameError === undefined);
  const publishing = useMutation({
    mutationFn: () => uploadPlugin({ ...latest.current, tags: toTags(latest.current.tags) }),
    onSuccess: async ({ name }) => {
      onPublished();
      await queries.invalidateQueries({ queryKey: ["plugins"] });
      await queries.invalidateQueries({ queryKey: ["plugin", name] });
      navigate(`/plugins/${encodeURIComponent(name)}`);
    },
  });
  if (me?.user === null || !can("publish")) return <MayNot isNobody={me?.user === null} />;
  const isForeign = there !== undefined && !there.mine;
  const shownNameError = isForeign
    ? "A plugin of somebody else has this name: choose another one."
    : isTried || draft.name !== ""
      ? nameError
      : undefined;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (nameError === undefined && tagsError === undefined && !isForeign) publishing.mutate();
      }}
    >
      <TextField
        label="Name"
        required
        autoComplete="off"
        spellCheck={false}
        value={draft.name}
        onChange={(event) => onChange({ name: event.target.value })}
        error={shownNameError}
      />
      <TextArea
        label="What it does"
        rows={2}
        maxLength={2_000}
        value={draft.description}
        onChange={(event) => onChange({ description: event.target.value })}
      />
      <InputKindChoice value={draft.input_type} onChange={(input_type) => onChange({ input_type })} />
      <TextField
        label="What to put in"
        hint={
          draft.input_type === "json" ? "An example in JSON is best: people can start from it." : undefined
        }
        maxLength={500}
        value={draft.input_hint}
        onChange={(event) => onChange({ input_hint: event.target.value })}
      />
      <TextField
        label="Tags"
        hint="With commas between them."
        autoComplete="off"
        value={draft.tags}
        onChange={(event) => onChange({ tags: event.target.value })}
        error={tagsError}
      />
      {hasErrors && (
        <Notice tone="warn" title="The check found errors">
          <p>It can be published all the same, but most likely it will not run.</p>
        </Notice>
      )}
      {publishing.error && <Failure title="It could not be published" error={publishing.error} />}
      <div>
        <Button type="submit" look="primary" disabled={publishing.isPending}>
          {publishing.isPending ? "Publishing…" : there?.mine ? "Publish a new version" : "Publish"}
        </Button>
      </div>
      <p className={styles.after}>
        {there?.mine
          ? "The versions before it are kept, except very old ones, and can be brought back."
          : "Everybody on this server can find it, read it and run it."}
      </p>
    </form>
  );
}

/** The plugin that has this name already, as far as a search tells. In the end the server decides. */
function useExisting(name: string, isName: boolean) {
  const asked = useDeferredValue(name);
  const { data } = useInfiniteQuery({ ...pluginsQuery({ search: asked, sort: "name" }), enabled: isName });
  return data?.pages.flatMap(({ items }) => items).find((plugin) => plugin.name === name);
}

function MayNot({ isNobody }: { readonly isNobody: boolean }) {
  return isNobody ? (
    <Notice
      tone="info"
      title="Plugins belong to somebody"
      actions={
        <Button small onClick={openSignIn}>
          Sign in
        </Button>
      }
    >
      <p>Sign in to publish this one. What you have written stays in this browser.</p>
    </Notice>
  ) : (
    <Notice tone="warn" title="Your token does not allow to publish">
      <p>Ask whoever runs this server for one that does. What you have written stays in this browser.</p>
    </Notice>
  );
}
