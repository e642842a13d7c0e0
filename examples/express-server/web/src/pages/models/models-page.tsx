import { useQuery } from "@tanstack/react-query";
import { modelsQuery } from "../../api/models.js";
import type { Model, Models } from "../../api/shapes.js";
import { Button } from "../../parts/button.js";
import { CopyButton } from "../../parts/copy-button.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { Notice } from "../../parts/notice.js";
import { PageHead } from "../../parts/page-head.js";
import { Placeholder } from "../../parts/placeholder.js";
import { Tag } from "../../parts/tag.js";
import { useTitle } from "../../shell/use-title.js";
import { formatShortNumber } from "../../text/format.js";
import { DemoNote } from "./demo-note.js";
import styles from "./models-page.module.css";

export function ModelsPage() {
  useTitle("Models");
  const { data, error, isFetching, refetch } = useQuery(modelsQuery);
  return (
    <>
      <PageHead
        title="Models"
        lead="What plugins may call here. Whoever runs this server has chosen them; every other name is refused."
        actions={
          <Button disabled={isFetching} onClick={() => void refetch()}>
            {isFetching ? "Looking…" : "Look again"}
          </Button>
        }
      />
      {data !== undefined ? (
        <Loaded data={data} />
      ) : error ? (
        <Failure title="The models could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <Placeholder what="models" tall lines={4} className={styles.grid} />
      )}
    </>
  );
}

function Loaded({ data }: { readonly data: Models }) {
  return (
    <div className={styles.page}>
      {data.demo ? <DemoNote /> : <Health server={data.server} />}
      {data.models.length === 0 ? (
        <EmptyState icon="models" title="No models">
          Set ALLOWED_MODELS to the models that plugins shall be able to call.
        </EmptyState>
      ) : (
        <ul className={styles.grid}>
          {data.models.map((model) => (
            <ModelCard key={model.name} model={model} isDemo={data.demo} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Health({ server: { url, status, message } }: Pick<Models, "server">) {
  const { tone, title } = {
    connected: { tone: "good", title: "The model server answers" },
    disconnected: { tone: "warn", title: "The model server does not answer" },
    error: { tone: "bad", title: "The model server has a problem" },
  }[status] as { readonly tone: "good" | "warn" | "bad"; readonly title: string };
  return (
    <Notice tone={tone} title={title}>
      <p>
        {message && `${message} `}
        <code>{url}</code>
      </p>
    </Notice>
  );
}

function ModelCard({ model, isDemo }: { readonly model: Model; readonly isDemo: boolean }) {
  const { name, type, description, available, digest, context_length: context, capabilities } = model;
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2 className={styles.name}>{name}</h2>
        <CopyButton text={name} label="Copy the name" />
      </div>
      <p className={styles.tags}>
        <Tag tone={available ? "good" : "warn"}>
          {available ? (isDemo ? "demo" : "available") : "not there"}
        </Tag>
        <Tag>{type}</Tag>
        {capabilities
          .filter((capability) => capability !== type)
          .map((capability) => (
            <Tag key={capability}>{capability}</Tag>
          ))}
      </p>
      <p className={styles.description}>{description}</p>
      {(context !== null || digest !== null) && (
        <dl className={styles.facts}>
          {context !== null && (
            <div>
              <dt>Context</dt>
              <dd>{formatShortNumber(context)} tokens</dd>
            </div>
          )}
          {digest !== null && (
            <div>
              <dt>Digest</dt>
              <dd>
                <code title={digest}>{digest.replace(/^sha256:/, "").slice(0, 12)}</code>
              </dd>
            </div>
          )}
        </dl>
      )}
    </li>
  );
}
