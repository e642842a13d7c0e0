import { EventSourceParserStream } from "eventsource-parser/stream";
import { ApiError, isAbort } from "./api-error.js";
import { send } from "./request.js";
import type { RunEvent } from "./run-event.js";

export interface RunRequest {
  readonly source: RunSource;
  readonly input: string;
  /** Of the file that the input is. */
  readonly fileName?: string | undefined;
}

/** A published plugin, one of its versions, or a draft that nobody has published. */
export type RunSource =
  | { readonly plugin: string; readonly version?: number | undefined }
  | { readonly code: string };

/**
 * Runs a plugin and gives what happens, as it happens. The signal cancels the run: the server ends what nobody watches.
 * Rejects with an `ApiError` where there is no run, or where its end was not seen.
 */
export async function* streamRun(
  { source, input, fileName }: RunRequest,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  // Not FormData: it would end every line as HTTP does, and plugins get their input unchanged.
  const form = new URLSearchParams();
  if ("code" in source) form.set("code", source.code);
  else {
    form.set("plugin_name", source.plugin);
    if (source.version !== undefined) form.set("version", String(source.version));
  }
  form.set("input_data", input);
  if (fileName !== undefined) form.set("file_name", fileName);
  const { body } = await send("/api/plugins/run/stream", { method: "POST", body: form, signal });
  if (body !== null) {
    for await (const event of readEvents(body)) {
      yield event;
      if (event.type === "outcome" || event.type === "problem") return;
    }
  }
  throw new ApiError(
    0,
    "The connection to the server was lost while the plugin ran. Its end is in the activity.",
  );
}

async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<RunEvent> {
  const reader = body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield JSON.parse(value.data) as RunEvent;
    }
  } catch (error) {
    // A connection that breaks is as good as one that ends too early.
    if (isAbort(error)) throw error;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
