/** A real PostgreSQL of our own: Debian's, in a temporary folder, on a port of its own, gone with the tests. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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
  /** The path of one of its programs. */
  program(name: string): string;
  /** An empty database. */
  createDatabase(): Promise<string>;
  /** As when the machine is switched off. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface PostgresOptions {
  /** Then nobody is let in without TLS and the password. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly password?: string;
}

/** Undefined where there is none and none can be installed; it has said so. */
export async function createPostgres(options: PostgresOptions = {}): Promise<Postgres | undefined> {
  const folder = findPrograms() ?? (await installPrograms());
  return folder === undefined ? undefined : startCluster(folder, options);
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

async function startCluster(bin: string, options: PostgresOptions): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "pg-"));
  const data = join(folder, "data");
  const identity = unprivileged();
  mkdirSync(data, { mode: 0o700 });
  const version = basename(dirname(bin));
  await copyTemplate(`postgres-${version}`, data, (template) => initialise(bin, template, identity));
  const secured = secure(data, options);
  if (identity !== undefined) await run("chown", ["-R", `${identity.uid}:${identity.gid}`, folder]);
  const port = await freePort();
  const databases = { count: 0 };
  const url = (database: string) => `postgres://${user}@127.0.0.1:${port}/${database}`;
  /** For ourselves: open to whoever may reach the folder. */
  const inside = (database: string) => `postgres://${user}@localhost/${database}?host=${folder}&port=${port}`;

  let server: ReturnType<typeof spawn>;
  const start = async () => {
    const settings = {
      ...secured,
      port,
      listen_addresses: "127.0.0.1",
      unix_socket_directories: folder,
      fsync: "off",
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    server = spawn(join(bin, "postgres"), ["-D", data, ...flags], {
      ...identity,
      cwd: folder,
      stdio: "ignore",
    });
    await answering(inside("postgres"), server);
  };
  const stop = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  await start();
  const { password } = options;
  if (password !== undefined) await query(inside("postgres"), `alter user ${user} password '${password}'`);
  return {
    port,
    start,
    program: (name) => join(bin, name),
    // Its own "immediate" shutdown: without the processes of its connections left behind, as SIGKILL would.
    kill: () => stop("SIGQUIT"),
    createDatabase: async () => {
      databases.count += 1;
      const name = `test_${databases.count}`;
      await query(inside("postgres"), `create database ${name}`);
      return url(name);
    },
    [Symbol.asyncDispose]: async () => {
      await stop("SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Over the network nobody comes in without TLS and a password. */
function secure(data: string, { tls }: PostgresOptions): Record<string, string> {
  if (tls === undefined) return {};
  const files = { ssl_cert_file: join(data, "server.crt"), ssl_key_file: join(data, "server.key") };
  writeFileSync(files.ssl_cert_file, tls.certificate);
  writeFileSync(files.ssl_key_file, tls.key, { mode: 0o600 });
  writeFileSync(
    join(data, "pg_hba.conf"),
    "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
  );
  return { ssl: "on", ...files };
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
