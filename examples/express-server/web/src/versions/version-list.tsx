import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { restoreVersion, versionQuery, versionsQuery } from "../api/plugins.js";
import type { PluginVersion } from "../api/shapes.js";
import { Ago } from "../parts/ago.js";
import { Button, ButtonLink } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { Failure } from "../parts/failure.js";
import { Placeholder } from "../parts/placeholder.js";
import { Tag } from "../parts/tag.js";
import styles from "./version-list.module.css";

const DiffView = lazy(() => import("../editor/diff-view.js").then(({ DiffView }) => ({ default: DiffView })));

/** What a version is compared with. */
export interface Counterpart {
  readonly label: string;
  readonly code: string;
}

/** The uploads of a plugin that are kept, to run, compare and bring back. */
export function VersionList({
  name,
  mine,
  draft,
}: {
  readonly name: string;
  readonly mine: boolean;
  /** Instead of the current version. */
  readonly draft?: Counterpart;
}) {
  const { data: versions, error, refetch } = useQuery(versionsQuery(name));
  const [compared, setCompared] = useState<number>();
  const queries = useQueryClient();
  const restoring = useMutation({
    mutationFn: (version: number) => restoreVersion(name, version),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["plugin", name] });
      await queries.invalidateQueries({ queryKey: ["plugins"] });
    },
  });
  if (versions === undefined) {
    return error ? (
      <Failure title="The versions could not be loaded" error={error} onRetry={() => void refetch()} />
    ) : (
      <Placeholder what="versions" />
    );
  }
  const current = versions.find((version) => version.current);
  return (
    <div className={styles.versions}>
      {restoring.error && <Failure title="It could not be brought back" error={restoring.error} />}
      <ul className={styles.list}>
        {versions.map((version) => (
          <li key={version.version} className={styles.version}>
            <About version={version} />
            <div className={styles.actions}>
              <ButtonLink small href={`/plugins/${encodeURIComponent(name)}?version=${version.version}`}>
                Run
              </ButtonLink>
              {(draft || !version.current) && (
                <Button small onClick={() => setCompared(version.version)}>
                  Compare
                </Button>
              )}
              {mine && !version.current && (
                <Button
                  small
                  disabled={restoring.isPending}
                  onClick={() => restoring.mutate(version.version)}
                >
                  Bring back
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {compared !== undefined && (
        <Compared
          name={name}
          version={compared}
          against={draft ?? current?.version}
          onClose={() => setCompared(undefined)}
        />
      )}
    </div>
  );
}

function About({ version }: { readonly version: PluginVersion }) {
  return (
    <div>
      <p className={styles.title}>
        <strong>Version {version.version}</strong>
        {version.current && <Tag tone="good">current</Tag>}
      </p>
      <p className={styles.facts}>
        <Ago moment={version.uploaded_at} />
        {version.uploaded_by !== null && <span>by {version.uploaded_by}</span>}
        <code title={version.sha256}>{version.sha256.slice(0, 12)}</code>
      </p>
    </div>
  );
}

function Compared({
  name,
  version,
  against,
  onClose,
}: {
  readonly name: string;
  readonly version: number;
  readonly against: Counterpart | number | undefined;
  readonly onClose: () => void;
}) {
  const older = useQuery(versionQuery(name, version));
  const otherVersion = typeof against === "number" ? against : version;
  const other = useQuery(versionQuery(name, otherVersion));
  const newer =
    typeof against === "object"
      ? against
      : other.data && { label: `version ${otherVersion}`, code: other.data.code };
  const error = older.error ?? other.error;
  return (
    <Dialog wide title={`Version ${version} and ${newer?.label ?? "the current one"}`} onClose={onClose}>
      {error ? (
        <Failure title="The versions could not be loaded" error={error} />
      ) : (
        <Suspense fallback={<Placeholder what="the comparison" lines={8} />}>
          {older.data && newer ? (
            <DiffView before={older.data.code} after={newer.code} />
          ) : (
            <Placeholder what="the comparison" lines={8} />
          )}
        </Suspense>
      )}
    </Dialog>
  );
}
