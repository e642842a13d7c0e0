import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { ApiError } from "../../api/api-error.js";
import { pluginQuery } from "../../api/plugins.js";
import type { Plugin } from "../../api/shapes.js";
import { ButtonLink } from "../../parts/button.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { Icon } from "../../parts/icon.js";
import { InputKind } from "../../parts/input-kind.js";
import { PageHead } from "../../parts/page-head.js";
import { Placeholder } from "../../parts/placeholder.js";
import { Stars } from "../../parts/stars.js";
import { Tabs } from "../../parts/tabs.js";
import { Tag, TagLink } from "../../parts/tag.js";
import { useTitle } from "../../shell/use-title.js";
import { formatCount } from "../../text/format.js";
import { VersionList } from "../../versions/version-list.js";
import { DeletePlugin } from "./delete-plugin.js";
import styles from "./plugin-page.module.css";
import { PluginStatistics } from "./plugin-statistics.js";
import { Reviews } from "./reviews.js";
import { Runner } from "./runner.js";

const tabs = ["run", "reviews", "versions", "statistics"] as const;
type TabName = (typeof tabs)[number];

export function PluginPage({ name }: { readonly name: string }) {
  useTitle(name);
  const { data: plugin, error, refetch } = useQuery(pluginQuery(name));
  if (plugin !== undefined) return <Found plugin={plugin} />;
  if (error instanceof ApiError && error.status === 404) return <Missing name={name} />;
  if (error)
    return <Failure title="The plugin could not be loaded" error={error} onRetry={() => void refetch()} />;
  return <Placeholder what="the plugin" lines={6} />;
}

function Found({ plugin }: { readonly plugin: Plugin }) {
  const [params, setParams] = useSearchParams();
  const tab = tabs.find((each) => each === params.get("tab")) ?? "run";
  const version = Number(params.get("version") ?? Number.NaN);
  const select = (to: TabName) => setParams(to === "run" ? {} : { tab: to }, { replace: true });
  return (
    <>
      <PageHead
        title={plugin.name}
        lead={plugin.description || undefined}
        actions={
          <>
            <ButtonLink href={`/build/${encodeURIComponent(plugin.name)}`}>
              <Icon name={plugin.mine ? "edit" : "build"} />
              {plugin.mine ? "Edit" : "See the source"}
            </ButtonLink>
            {plugin.mine && <DeletePlugin name={plugin.name} />}
          </>
        }
      />
      <p className={styles.facts}>
        <InputKind type={plugin.input_type} />
        <Tag>version {plugin.version}</Tag>
        {plugin.tags.map((tag) => (
          <TagLink key={tag} tag={tag} />
        ))}
        <Stars rating={plugin.rating} count={plugin.reviews} />
        <span>{formatCount(plugin.runs, "run")}</span>
        <span>{formatCount(plugin.calls, "model call")} in the code</span>
        {plugin.owner !== null && <span>by {plugin.owner}</span>}
      </p>
      <Tabs
        label="About this plugin"
        tabs={[
          { name: "run", label: "Run" },
          { name: "reviews", label: `Reviews (${plugin.reviews})` },
          { name: "versions", label: "Versions" },
          { name: "statistics", label: "Statistics" },
        ]}
        current={tab}
        onSelect={select}
      >
        <div className={styles.panel}>
          {tab === "run" && (
            <Runner
              plugin={plugin}
              version={Number.isSafeInteger(version) && version > 0 ? version : undefined}
            />
          )}
          {tab === "reviews" && <Reviews plugin={plugin} />}
          {tab === "versions" && <VersionList name={plugin.name} mine={plugin.mine} />}
          {tab === "statistics" && <PluginStatistics name={plugin.name} />}
        </div>
      </Tabs>
    </>
  );
}

function Missing({ name }: { readonly name: string }) {
  return (
    <EmptyState
      isPage
      icon="search"
      title={`There is no plugin named ${name}`}
      actions={<ButtonLink href="/plugins">See all plugins</ButtonLink>}
    >
      It may have been deleted, or never have been here.
    </EmptyState>
  );
}
