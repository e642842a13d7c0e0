import type { CallContext, GeneratePart, GenerateRequest } from "../provider/provider.js";
import type { OpenedProvider } from "./subject.js";

export const promptMark = "a prompt that nobody quotes in an error";

export interface Heard {
  readonly text: string;
  readonly thinking: string;
  readonly parts: readonly GeneratePart[];
}

/** The gate's part in the tests. */
export function callContext(change: Partial<CallContext> = {}): CallContext {
  return {
    signal: new AbortController().signal,
    timeLeftMs: 30_000,
    runId: "run",
    plugin: "plugin",
    tenant: "tenant",
    ...change,
  };
}

export async function ask(
  { provider, model }: OpenedProvider,
  request: Partial<GenerateRequest> = {},
  context: Partial<CallContext> = {},
): Promise<Heard> {
  const parts: GeneratePart[] = [];
  for await (const part of provider.generate(
    { model, prompt: promptMark, ...request },
    callContext(context),
  )) {
    parts.push(part);
  }
  const join = (type: "text" | "thinking") =>
    parts.map((part) => (part.type === type ? part.text : "")).join("");
  return { text: join("text"), thinking: join("thinking"), parts };
}

/** What an error says to whoever may not know everything. */
export function toTold(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
