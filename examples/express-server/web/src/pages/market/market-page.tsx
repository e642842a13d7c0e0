import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useSearchParams } from "wouter";
import { type PluginPage, pluginOrders, pluginsQuery, tagsQuery } from "../../api/plugins.js";
import { Button, ButtonLink } from "../../parts/button.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { Select, TextField } from "../../parts/field.js";
import { Icon } from "../../parts/icon.js";
import { PageHead } from "../../parts/page-head.js";
import { Placeholder } from "../../parts/placeholder.js";
import { TagButton } from "../../parts/tag.js";
import { useTitle } from "../../shell/use-title.js";
import { formatCount } from "../../text/format.js";
import { withParams } from "../../text/with-params.js";
import styles from "./market-page.module.css";
import { PluginCard } from "./plugin-card.js";

const shownTags = 14;
const orderNames: Readonly<Record<(typeof pluginOrders)[number], string>> = {
  newest: "Newest first",
  updated: "Last changed",
  rating: "Best rated",
  runs: "Most run",
  name: "By name",
};

export function MarketPage() {
  useTitle("Plugins");
  const { search, tag, sort, set } = useSearch();
  // Typing is never held up by what is found.
  const text = useDeferredValue(search);
  const found = useInfiniteQuery(pluginsQuery({ search: text, tag, sort }));
  const isSearch = search !== "" || tag !== "";
  return (
    <>
      <PageHead
        title="Plugins"
        lead="Everything that was published on this server. Each runs in a Python of its own."
        actions={
          <ButtonLink look="primary" href="/build">
            <Icon name="build" />
            Build a plugin
          </ButtonLink>
        }
      />
      <search className={styles.search}>
        <div className={styles.fields}>
          <TextField
            label="Search"
            type="search"
            placeholder="Names, descriptions and tags"
            value={search}
            maxLength={200}
            onChange={(event) => set({ search: event.target.value })}
          />
          <Select label="Order" value={sort} onChange={(event) => set({ sort: event.target.value })}>
            {pluginOrders.map((order) => (
              <option key={order} value={order}>
                {orderNames[order]}
              </option>
            ))}
          </Select>
        </div>
        <Tags chosen={tag} onChoose={(next) => set({ tag: next })} />
      </search>
      <Found found={found} isSearch={isSearch} onClear={() => set({ search: "", tag: "" })} />
    </>
  );
}

function Tags({ chosen, onChoose }: { readonly chosen: string; readonly onChoose: (tag: string) => void }) {
  const { data: tags = [] } = useQuery(tagsQuery);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? tags : tags.slice(0, shownTags);
  // Whatever is searched for can be seen, and switched off: a tag that came with the address, too.
  const isMissing = chosen !== "" && !shown.some(({ tag }) => tag === chosen);
  if (tags.length === 0 && !isMissing) return null;
  return (
    <fieldset className={styles.tags}>
      <legend className="visually-hidden">Tags</legend>
      {isMissing && (
        <TagButton pressed onClick={() => onChoose("")}>
          {chosen}
        </TagButton>
      )}
      {shown.map(({ tag, plugins }) => (
        <TagButton key={tag} pressed={tag === chosen} onClick={() => onChoose(tag === chosen ? "" : tag)}>
          {tag} <span className={styles.count}>{plugins}</span>
        </TagButton>
      ))}
      {tags.length > shownTags && (
        <Button small look="plain" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Fewer tags" : `All ${tags.length} tags`}
        </Button>
      )}
    </fieldset>
  );
}

function Found({
  found,
  isSearch,
  onClear,
}: {
  readonly found: UseInfiniteQueryResult<InfiniteData<PluginPage>>;
  readonly isSearch: boolean;
  readonly onClear: () => void;
}) {
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage } = found;
  if (isPending) return <Placeholder what="plugins" tall lines={6} className={styles.grid} />;
  if (data === undefined) {
    return (
      <Failure title="The plugins could not be loaded" error={error} onRetry={() => void found.refetch()} />
    );
  }
  const total = data.pages[0]?.total ?? 0;
  if (total === 0) return isSearch ? <NothingFound onClear={onClear} /> : <NothingYet />;
  return (
    <div aria-busy={isPlaceholderData}>
      <p className={styles.total} role="status">
        {formatCount(total, "plugin")}
      </p>
      <ul className={styles.grid}>
        {data.pages
          .flatMap(({ items }) => items)
          .map((plugin) => (
            <PluginCard key={plugin.name} plugin={plugin} />
          ))}
      </ul>
      {hasNextPage && (
        <p className={styles.more}>
          <Button disabled={isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
    </div>
  );
}

function NothingFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      icon="search"
      title="Nothing like this"
      actions={<Button onClick={onClear}>Show all plugins</Button>}
    >
      No plugin has this in its name, description or tags.
    </EmptyState>
  );
}

function NothingYet() {
  return (
    <EmptyState
      icon="market"
      title="No plugins yet"
      actions={
        <ButtonLink look="primary" href="/build">
          Build the first one
        </ButtonLink>
      }
    >
      Six samples wait in the builder: choose one as a template, try it, and publish it with one click.
    </EmptyState>
  );
}

/** In the address, so that a search can be kept, shared and gone back to. */
function useSearch() {
  const [params, setParams] = useSearchParams();
  const sort = pluginOrders.find((order) => order === params.get("sort")) ?? "newest";
  return {
    search: params.get("search") ?? "",
    tag: params.get("tag") ?? "",
    sort,
    set(change: Readonly<Record<string, string>>) {
      setParams((before) => withParams(before, change), { replace: true });
    },
  };
}
