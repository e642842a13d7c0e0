/** Every test of what is kept runs over both databases. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import type { DatabaseConfiguration } from "../server/configuration/index.js";
import { createStorage, type Storage } from "../server/storage/index.js";
import { installingMs } from "./debian.js";
import { createPostgres, type Postgres } from "./postgres.js";
import { copyTemplate } from "./template-folder.js";

export interface TestDatabase {
  readonly configuration: DatabaseConfiguration;
  readonly dataFolder: string;
  readonly storage: Storage;
}

/** A storage for the tests of `define`, empty at the start of each of them. */
export function describeBothDatabases(what: string, define: (database: () => TestDatabase) => void): void {
  for (const kind of ["embedded", "postgres"] as const) {
    describe(`${what}, ${kind === "embedded" ? "with the embedded database" : "with PostgreSQL"}`, () => {
      let dataFolder: string;
      let postgres: Postgres | undefined;
      let opened: TestDatabase | undefined;

      beforeAll(async () => {
        dataFolder = mkdtempSync(join(tmpdir(), "data-"));
        const configuration = await configure();
        if (configuration === undefined) return;
        const storage = await createStorage({ database: configuration, dataFolder });
        opened = { configuration, dataFolder, storage };
      }, installingMs);
      afterAll(async () => {
        await opened?.storage[Symbol.asyncDispose]();
        await postgres?.[Symbol.asyncDispose]();
        rmSync(dataFolder, { recursive: true, force: true });
      });
      beforeEach(async ({ skip }) => {
        if (opened === undefined) return skip("there is no PostgreSQL here");
        await empty(opened.storage);
      });

      define(() => {
        if (opened === undefined) throw new Error("The database is not open.");
        return opened;
      });

      async function configure(): Promise<DatabaseConfiguration | undefined> {
        if (kind === "embedded") {
          await copyEmbedded(dataFolder);
          return { kind };
        }
        postgres = await createPostgres();
        return postgres && { kind, connection: await postgres.createDatabase(), poolSize: 10 };
      }
    });
  }
}

/** Without our tables, so that the migrations run. */
export async function copyEmbedded(dataFolder: string): Promise<void> {
  const folder = join(dataFolder, "database");
  mkdirSync(folder);
  await copyTemplate(`pglite-${pgliteVersion()}`, folder, async (template) => {
    const database = await PGlite.create({ dataDir: template });
    await database.close();
  });
}

/** Its `package.json` is not among what it exports. */
function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return JSON.parse(readFileSync(join(dirname(entry), "../package.json"), "utf8")).version;
}

async function empty({ database }: Storage): Promise<void> {
  await database.execute(
    sql`truncate wasmforge.plugins, wasmforge.runs, wasmforge.tokens restart identity cascade`,
  );
}
