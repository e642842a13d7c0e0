/** What `docs/guide/deploy.md` says of backups, done. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyEmbedded } from "./databases.js";
import { installingMs } from "./debian.js";
import { createPostgres, query } from "./postgres.js";
import { startServer, type TestServer } from "./test-server.js";

const run = promisify(execFile);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backup-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function use({ client }: TestServer): Promise<void> {
  await client.upload("a", "print('one')", { tags: "kept", description: "é 🙈" });
  await client.upload("a", "print('two')");
  await client.run("a");
  await client.put("/api/plugins/a/review", { json: { rating: 4, text: "good" } });
}

/** All that can be seen of it. */
async function look({ client }: TestServer): Promise<unknown> {
  const paths = ["list", "a/details", "a/versions", "a/versions/1", "a/reviews", "a/statistics"];
  const answers = await Promise.all(paths.map((path) => client.get(`/api/plugins/${path}`)));
  const runs = await client.get("/api/runs");
  return [...answers, runs].map(({ status, body }) => ({ status, body }));
}

it("the embedded database is its folder", async () => {
  const [kept, restored] = [join(folder, "kept"), join(folder, "restored")];
  for (const path of [kept, restored]) mkdirSync(path);
  await copyEmbedded(kept);
  let before: unknown;
  {
    await using started = await startServer({}, { keptFolder: kept });
    await use(started);
    before = await look(started);
  }
  const archive = join(folder, "wasmforge.tar.gz");
  await run("tar", ["--create", "--gzip", `--file=${archive}`, `--directory=${kept}`, "."]);
  await run("tar", ["--extract", "--gzip", `--file=${archive}`, `--directory=${restored}`]);
  await using started = await startServer({}, { keptFolder: restored });
  expect(await look(started)).toEqual(before);
});

it("PostgreSQL is dumped while the server runs, and restored over what is there", {
  timeout: installingMs,
}, async ({ skip }) => {
  await using postgres = await createPostgres();
  if (postgres === undefined) return skip("there is no PostgreSQL here");
  const url = await postgres.createDatabase();
  const dump = join(folder, "wasmforge.dump");
  let before: unknown;
  {
    await using started = await startServer({ DATABASE_URL: url });
    await use(started);
    before = await look(started);
    await run(postgres.program("pg_dump"), ["--format=custom", "--schema=wasmforge", `--file=${dump}`, url]);
    await started.client.delete("/api/plugins/a");
  }
  await query(url, "delete from wasmforge.runs");
  await run(postgres.program("pg_restore"), [
    "--clean",
    "--if-exists",
    "--no-owner",
    `--dbname=${url}`,
    dump,
  ]);
  await using started = await startServer({ DATABASE_URL: url });
  expect(await look(started)).toEqual(before);
});
