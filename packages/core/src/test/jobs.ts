/** Jobs as a Forge would make them, and what was heard of them. */
import { encodeReply, type GateAnswer } from "@wasmforge/bridge";
import type { Job } from "../pool/job.js";

export interface HeardJob extends Job {
  readonly printed: { stdout: string; stderr: string };
  /** Resolves when a seat has begun with it. */
  readonly started: Promise<void>;
  /** Resolves when the guest first calls. */
  readonly called: Promise<void>;
}

type JobParts = Partial<Omit<Job, "request">> & { readonly request?: Partial<Job["request"]> };

export function createJob(source: string, { request, ...parts }: JobParts = {}): HeardJob {
  const printed = { stdout: "", stderr: "" };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  let onStarted = () => {};
  let onCalled = () => {};
  const started = new Promise<void>((resolve) => {
    onStarted = resolve;
  });
  const called = new Promise<void>((resolve) => {
    onCalled = resolve;
  });
  const door = parts.door ?? (async () => accepted);
  return {
    request: { source, fileName: "plugin.py", input: "", maxPrintBytes: 1_000_000, ...request },
    tenant: "anybody",
    wallTimeMs: 30_000,
    computeMs: 30_000,
    onStarted,
    ...parts,
    door(op, payload) {
      onCalled();
      return door(op, payload);
    },
    print(stream, chunk) {
      printed[stream] += decoders[stream].decode(chunk, { stream: true });
      parts.print?.(stream, chunk);
    },
    printed,
    started,
    called,
  };
}

export const accepted: GateAnswer = { reply: encodeReply({ ok: null }) };

/** A door that never answers. */
export const silence = () => new Promise<GateAnswer>(() => {});

export const forever = "while True: pass";
/** Calls once, and prints what it was told. */
export const callOnce = "from platform_sdk import list_models\nprint(list_models())";
