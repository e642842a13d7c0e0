/** The platform as it is run: a process of its own, with an embedded database, for users who have tokens. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildServer, startProcess } from "../test/server-process.js";
import type { Visitor } from "./activities.js";
import { Client } from "./client.js";

export interface Platform {
  readonly pid: number;
  readonly admin: Client;
  readonly visitors: readonly Visitor[];
  readonly auditFile: string;
  /** Its exit code. */
  stop(): Promise<number | null>;
  remove(): void;
}

const adminToken = "the-token-of-the-soaks-administrator";
const users = ["ada", "bob", "cleo", "dan"];

export async function startPlatform(): Promise<Platform> {
  const built = await buildServer();
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  const auditFile = join(folder, "audit.jsonl");
  const server = await startProcess(built.main, {
    DATA_DIR: folder,
    AUDIT_FILE: auditFile,
    ADMIN_TOKEN: adminToken,
    DEMO_MODELS: "on",
    LOG_LEVEL: "info",
    MAX_EXECUTION_TIME: "10",
    MAX_COMPUTE_TIME: "2",
    MAX_MEMORY_MB: "48",
    MAX_OUTPUT_BYTES: "100000",
    RATE_LIMIT_REQUESTS: "0",
    RATE_LIMIT_RUNS: "0",
    RATE_LIMIT_UPLOADS: "0",
  });
  const admin = new Client(server.url, adminToken);
  const visitors = await Promise.all(
    users.map(async (user) => {
      const { body } = await admin.ask("POST", "/api/tokens", { user, scopes: ["run", "publish"] });
      return { user, client: new Client(server.url, body.token) };
    }),
  );
  return {
    pid: server.child.pid ?? 0,
    admin,
    visitors,
    auditFile,
    stop: () => server.kill("SIGTERM"),
    remove: () => {
      server.child.kill("SIGKILL");
      built.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
