import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/api-error.js";
import { codeQuery, pluginQuery } from "../../api/plugins.js";
import type { Plugin, PluginCode } from "../../api/shapes.js";
import { ButtonLink } from "../../parts/button.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { Placeholder } from "../../parts/placeholder.js";
import { useTitle } from "../../shell/use-title.js";
import { Builder } from "./builder.js";
import { type Draft, readDraft } from "./draft.js";
import { firstTemplate } from "./templates.js";

export function BuilderPage({ name }: { readonly name?: string }) {
  useTitle(name === undefined ? "Build a plugin" : `Edit ${name}`);
  return name === undefined ? <NewPlugin /> : <PublishedPlugin name={name} />;
}

function NewPlugin() {
  const [draft] = useState(() => readDraft(undefined) ?? firstTemplate);
  return <Builder start={firstTemplate} draft={draft} plugin={undefined} />;
}

function PublishedPlugin({ name }: { readonly name: string }) {
  const plugin = useQuery(pluginQuery(name));
  const code = useQuery(codeQuery(name));
  const error = plugin.error ?? code.error;
  if (plugin.data && code.data) {
    const start = toDraft(plugin.data, code.data);
    return (
      <Builder
        // Another version is another thing to work on.
        key={plugin.data.version}
        start={start}
        draft={readDraft(name) ?? start}
        plugin={plugin.data}
      />
    );
  }
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState
        isPage
        icon="search"
        title={`There is no plugin named ${name}`}
        actions={<ButtonLink href="/build">Build one</ButtonLink>}
      >
        It may have been deleted, or never have been here.
      </EmptyState>
    );
  }
  return error ? (
    <Failure
      title="The plugin could not be loaded"
      error={error}
      onRetry={() => void Promise.all([plugin.refetch(), code.refetch()])}
    />
  ) : (
    <Placeholder what="the plugin" lines={10} />
  );
}

function toDraft({ tags }: Plugin, { name, code, description, input_type, input_hint }: PluginCode): Draft {
  return { name, code, description, input_type, input_hint, tags: tags.join(", ") };
}
