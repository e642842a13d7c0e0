import { normalizeModelName } from "@wasmforge/bridge";
import { type Fields, type Host, toCount, toShortText } from "@wasmforge/providers/toolkit";
import { lendClient, type Wire } from "./host-client.js";

export interface PullProgress {
  readonly host: string;
  /** In Ollama's words, for example `pulling manifest`. */
  readonly status: string;
  /** Which file of the model, where it is about one. */
  readonly digest?: string;
  readonly completedBytes?: number;
  readonly totalBytes?: number;
}

/** Has a host download a model. For operators: nothing that a plugin can say leads here. */
export async function* pull(
  wire: Wire,
  host: Host,
  model: string,
  signal: AbortSignal,
): AsyncGenerator<PullProgress, void, undefined> {
  const { client, toError, settle } = lendClient(wire, {
    host,
    signal,
    expected: { kind: "lines", isLast: ({ status }) => status === "success" },
  });
  try {
    for await (const message of await client.pull({ model: normalizeModelName(model), stream: true })) {
      yield toProgress(host, message as unknown as Fields);
    }
  } catch (error) {
    throw toError(error);
  } finally {
    await settle();
  }
}

function toProgress({ endpoint }: Host, { status, digest, completed, total }: Fields): PullProgress {
  const [file, completedBytes, totalBytes] = [toShortText(digest), toCount(completed), toCount(total)];
  return {
    host: endpoint.url,
    status: toShortText(status) ?? "working",
    ...(file === undefined ? {} : { digest: file }),
    ...(completedBytes === undefined ? {} : { completedBytes }),
    ...(totalBytes === undefined ? {} : { totalBytes }),
  };
}
