import { ForgeError } from "@wasmforge/bridge";
import { z } from "zod";
import type { RunRecord } from "./run-record.js";

const content = z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.base64() })]);

const recordSchema = z.strictObject({
  version: z.literal(1),
  runtime: z.strictObject({ name: z.enum(["forged", "stock"]), imageHash: z.string() }),
  plugin: z.strictObject({ name: z.string(), source: content }),
  input: content,
  file: z.strictObject({ name: z.string(), mediaType: z.string(), bytes: content }).optional(),
  files: z.record(z.string(), content).optional(),
  seed: z.int(),
  now: z.number(),
  // What these may be is judged where policies and limits of runs are.
  policy: z.record(z.string(), z.unknown()),
  limits: z.record(z.string(), z.unknown()),
  answers: z.array(
    z.strictObject({
      op: z.string(),
      sha256: z.string(),
      answer: z.union([
        z.strictObject({ reply: content }),
        z.strictObject({ stop: z.enum(["output", "aborted"]) }),
      ]),
    }),
  ),
});

/** Throws `replay_mismatch` for what is no record of this version. */
export function parseRecord(record: unknown): RunRecord {
  const parsed = recordSchema.safeParse(record);
  if (parsed.success) return parsed.data as unknown as RunRecord;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? ` at ${issue.path.join(".")}` : "";
  throw new ForgeError(
    "replay_mismatch",
    `this is no record of a run${where}: give what outcome.record was, unchanged`,
    { cause: parsed.error },
  );
}
