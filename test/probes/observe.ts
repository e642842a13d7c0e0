/** One run, and everything that can be seen of it. */
import type { Forge, Outcome, RunEvent } from "@wasmforge/core";
import type { ProbeHost } from "./host-setup.js";
import type { Observed, Piece } from "./judge.js";
import type { Probe } from "./manifest.js";

export async function observe(forge: Forge, host: ProbeHost, probe: Probe, input: string): Promise<Observed> {
  const transcript: Piece[] = [];
  const { source, timeoutMs, maxOutputBytes, maxAiCalls } = probe;
  const repliesBefore = host.modelReplies().length;
  const requestsBefore = host.modelRequests();
  let stderr = "";
  let start = performance.now();
  let outcome: Outcome | undefined;
  const events = forge.stream(
    { name: probe.id, source },
    {
      input,
      policy: { maxCalls: maxAiCalls },
      limits: {
        wallTimeMs: timeoutMs,
        computeMs: timeoutMs,
        outputBytes: maxOutputBytes,
        printBytes: maxOutputBytes,
      },
    },
  );
  for await (const event of events) {
    if (event.type === "started") start = performance.now();
    if (event.type === "stderr") stderr += event.text;
    if (event.type === "outcome") outcome = event.outcome;
    const piece = pieceOf(event);
    if (piece !== undefined) transcript.push(piece);
  }
  const elapsedMs = performance.now() - start;
  if (outcome === undefined) throw new Error("no outcome");
  return {
    ...endOf(outcome),
    transcript,
    stderr,
    isOutcomeComplete: isComplete(outcome, transcript, stderr),
    elapsedMs,
    peakMemoryBytes: outcome.usage.peakMemoryBytes,
    modelRequests: host.modelRequests() - requestsBefore,
    modelReplies: host.modelReplies().slice(repliesBefore),
  };
}

function pieceOf(event: RunEvent): Piece | undefined {
  if (event.type === "stdout") return { kind: "stdout", text: event.text };
  if (event.type === "output") return { kind: "sent", text: event.item.text };
  return undefined;
}

/** Whether the outcome has what the events told. */
function isComplete(
  { stdout, stderr, output }: Outcome,
  transcript: readonly Piece[],
  told: string,
): boolean {
  const texts = (kind: Piece["kind"]) =>
    transcript.filter((piece) => piece.kind === kind).map(({ text }) => text);
  return stdout === texts("stdout").join("") && output === texts("sent").join("\n") && stderr === told;
}

/** How the pool calls a crash of the guest's interpreter. A guest that brings down more than that has found a fault of ours. */
const CONTAINED = /^the interpreter gave up\b/;

function endOf(outcome: Outcome): Pick<Observed, "end" | "error"> {
  if (outcome.status === "completed") return { end: "ok", error: "" };
  if (outcome.status === "failed") {
    const { type, message, traceback } = outcome.error;
    return { end: "plugin_error", error: `${type}: ${message}\n${traceback}` };
  }
  const { reason, message: error } = outcome;
  switch (reason) {
    case "timeout":
    case "compute":
      return { end: "timeout", error };
    case "memory":
      return { end: "memory_limit", error };
    case "output":
      return { end: "output_limit", error };
    case "crashed":
      return { end: CONTAINED.test(error) ? "crash_contained" : "fault", error };
    case "aborted":
      return { end: "fault", error };
  }
}
