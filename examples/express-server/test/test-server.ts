import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createModelServer, type ModelServer } from "@wasmforge/model-server";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { parseConfiguration } from "../server/configuration/index.js";
import { toLogger } from "../server/observability/index.js";
import { toOpenApi } from "../server/openapi/document.js";
import { createRoutes } from "../server/routes/index.js";
import { createServer, type RunningServer } from "../server/server.js";
import { ApiClient } from "./api-client.js";
import { type ApiDocument, Conformity } from "./conformity.js";
import { copyEmbedded } from "./databases.js";
import { installingMs } from "./debian.js";
import { createPostgres, type Postgres } from "./postgres.js";

export const adminToken = "the-administrators-own-token";
export const model = "llama3.2";

export interface TestServer extends AsyncDisposable {
  readonly server: RunningServer;
  readonly client: ApiClient;
  readonly models: ModelServer;
  readonly dataFolder: string;
  /** What was logged, line by line. */
  readonly log: readonly string[];
}

/** A server of its own, with a model server of its own. Without `DATABASE_URL` its database is embedded. */
export async function startServer(
  values: Readonly<Record<string, string>> = {},
  { keptFolder }: { readonly keptFolder?: string } = {},
): Promise<TestServer> {
  const dataFolder = keptFolder ?? mkdtempSync(join(tmpdir(), "server-"));
  if (keptFolder === undefined && values.DATABASE_URL === undefined) await copyEmbedded(dataFolder);
  const models = await createModelServer({
    models: [{ name: `${model}:latest` }, { name: "llava:latest", capabilities: ["completion", "vision"] }],
    answer: ({ prompt }) => ({ tokens: ["You", " said:", ` ${prompt}`] }),
  });
  const all = {
    PORT: "0",
    DATA_DIR: dataFolder,
    OLLAMA_BASE_URL: models.url,
    ALLOWED_MODELS: `${model},llava,mistral`,
    ...values,
  };
  const log: string[] = [];
  const configuration = parseConfiguration(all, () => "");
  const destination = { write: (line: string) => void log.push(line) };
  const server = await createServer(configuration, { log: toLogger("debug", destination), version: "1.2.3" });
  const document = toOpenApi(createRoutes(server.services, "1.2.3"), { version: "1.2.3" });
  const client = new ApiClient(server.url, new Conformity(document as unknown as ApiDocument));
  return {
    server,
    client,
    models,
    dataFolder,
    log,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await models.close();
      if (keptFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** One server for all tests of `define`: they must not count on being alone with it. */
export function describeServer(
  what: string,
  values: Readonly<Record<string, string>>,
  define: (server: () => TestServer) => void,
): void {
  describe(what, () => {
    let started: TestServer | undefined;
    beforeAll(async () => {
      started = await startServer(values);
    });
    afterAll(() => started?.[Symbol.asyncDispose]());
    define(() => {
      if (started === undefined) throw new Error("The server is not running.");
      return started;
    });
  });
}

/** The same, on each of the databases. */
export function describeBothServers(
  what: string,
  values: Readonly<Record<string, string>>,
  define: (server: () => TestServer) => void,
): void {
  describeServer(`${what}, with the embedded database`, values, define);
  describe(`${what}, with PostgreSQL`, () => {
    let postgres: Postgres | undefined;
    let started: TestServer | undefined;
    beforeAll(async () => {
      postgres = await createPostgres();
      if (postgres === undefined) return;
      started = await startServer({ ...values, DATABASE_URL: await postgres.createDatabase() });
    }, installingMs);
    afterAll(async () => {
      await started?.[Symbol.asyncDispose]();
      await postgres?.[Symbol.asyncDispose]();
    });
    beforeEach(({ skip }) => {
      if (started === undefined) skip("there is no PostgreSQL here");
    });
    define(() => {
      if (started === undefined) throw new Error("The server is not running.");
      return started;
    });
  });
}
