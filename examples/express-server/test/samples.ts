import { createHash, randomUUID } from "node:crypto";
import type { Database } from "../server/storage/database.js";
import { type Publisher, storeUpload, type Upload } from "../server/storage/plugins/index.js";
import type { RunRecord } from "../server/storage/runs/index.js";

export function anUpload(name: string, fields: Partial<Upload> = {}): Upload {
  const code = fields.code ?? `# ${name}\nprint("hello")\n`;
  return {
    name,
    description: "",
    inputType: "text",
    inputHint: "",
    calls: 1,
    code,
    sha256: createHash("sha256").update(code).digest("hex"),
    ...fields,
  };
}

export async function storeUploads(database: Database, names: readonly string[], publisher: Publisher) {
  const limits = { maxPlugins: 1_000, maxVersions: 100 };
  for (const name of names) await storeUpload(database, anUpload(name), publisher, limits);
}

export function aRun(fields: Partial<RunRecord> = {}): RunRecord {
  return {
    id: randomUUID(),
    pluginId: null,
    pluginName: null,
    version: null,
    userName: null,
    status: "completed",
    reason: null,
    errorMessage: null,
    startedAt: new Date(),
    queueMs: 0.1,
    wallMs: 2,
    computeMs: 1,
    waitMs: 1,
    peakMemoryBytes: 5_000_000,
    calls: 1,
    promptTokens: 10,
    completionTokens: 20,
    inputBytes: 3,
    outputBytes: 4,
    audit: [],
    ...fields,
  };
}
