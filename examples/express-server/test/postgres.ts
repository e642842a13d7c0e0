/** A real PostgreSQL of our own: Debian's, in a temporary folder, on a port of its own, gone with the tests. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { installPackages } from "./debian.js";
import { copyTemplate } from "./template-folder.js";

const run = promisify(execFile);
const programs = "/usr/lib/postgresql";
const user = "wasmforge";

export interface Postgres extends AsyncDisposable {
  readonly port: number;
  /** An empty database. */
  createDatabase(): Promise<string>;
  /** As when the machine is switched off. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Undefined where there is none and none can be installed; it has said so. */
export async function createPostgres(): Promise<Postgres | undefined> {
  const folder = findPrograms() ?? (await installPrograms());
  return folder === undefined ? undefined : startCluster(folder);
}

function findPrograms(): string | undefined {
  if (!existsSync(programs)) return undefined;
  return readdirSync(programs)
    .map((version) => join(programs, version, "bin"))
    .filter((folder) => existsSync(join(folder, "initdb")))
    .sort()
    .at(-1);
}

async function installPrograms(): Promise<string | undefined> {
  if (!(await installPackages("postgresql"))) {
    console.warn("PostgreSQL is not installed and cannot be installed here: its tests are left out.");
  }
  return findPrograms();
}

async function startCluster(bin: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "pg-"));
  const data = join(folder, "data");
  const identity = unprivileged();
  mkdirSync(data, { mode: 0o700 });
  const version = basename(dirname(bin));
  await copyTemplate(`postgres-${version}`, data, (template) => initialise(bin, template, identity));
  if (identity !== undefined) await run("chown", ["-R", `${identity.uid}:${identity.gid}`, folder]);
  const port = await freePort();
  const databases = { count: 0 };
  const url = (database: string) => `postgres://${user}@127.0.0.1:${port}/${database}`;

  let server: ReturnType<typeof spawn>;
  const start = async () => {
    const settings = { port, listen_addresses: "127.0.0.1", unix_socket_directories: folder, fsync: "off" };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    server = spawn(join(bin, "postgres"), ["-D", data, ...flags], {
      ...identity,
      cwd: folder,
      stdio: "ignore",
    });
    await answering(url("postgres"), server);
  };
  const stop = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  await start();
  return {
    port,
    start,
    // Its own "immediate" shutdown: without the processes of its connections left behind, as SIGKILL would.
    kill: () => stop("SIGQUIT"),
    createDatabase: async () => {
      databases.count += 1;
      const name = `test_${databases.count}`;
      await query(url("postgres"), `create database ${name}`);
      return url(name);
    },
    [Symbol.asyncDispose]: async () => {
      await stop("SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function initialise(bin: string, template: string, identity: Identity | undefined): Promise<void> {
  // In a folder that its user can reach, which a folder in the repository need not be.
  const folder = mkdtempSync(join(tmpdir(), "initdb-"));
  try {
    if (identity !== undefined) chownSync(folder, identity.uid, identity.gid);
    const data = join(folder, "data");
    const options = ["--pgdata", data, "--username", user, "--auth=trust", "--no-sync", "--encoding=UTF8"];
    await run(join(bin, "initdb"), options, { ...identity, cwd: folder });
    await run("cp", ["-a", `${data}/.`, template]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function answering(url: string, server: ReturnType<typeof spawn>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (server.exitCode === null) {
    try {
      await query(url, "select 1");
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
  throw new Error(`PostgreSQL ended with ${server.exitCode}.`);
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
