/** The first WasmForge's variables, a password and a certificate that is checked: how many a database is reached. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseConfiguration } from "../server/configuration/index.js";
import { createStorage } from "../server/storage/index.js";
import { findProgram, installingMs } from "./debian.js";
import { createPostgres, type Postgres } from "./postgres.js";

const missing = "there is no PostgreSQL here, or no OpenSSL";

let folder: string;
let openssl: string | undefined;
let postgres: Postgres | undefined;
let name: string;

/** A certificate that signs itself, and its key. */
function makeCertificate(program: string, label: string, ...options: readonly string[]) {
  const [key, certificate] = [join(folder, `${label}.key`), join(folder, `${label}.pem`)];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync(
    program,
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...files, ...options],
    {
      stdio: "ignore",
    },
  );
  return { certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tls-"));
  openssl = await findProgram("openssl");
  if (openssl === undefined) return;
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const tls = makeCertificate(openssl, "certificate", ...subject);
  postgres = await createPostgres({ tls, password: "a secret" });
  if (postgres !== undefined) name = new URL(await postgres.createDatabase()).pathname.slice(1);
}, installingMs);
afterAll(async () => {
  await postgres?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function open(values: Readonly<Record<string, string>>) {
  const all = {
    DB_HOST: "127.0.0.1",
    DB_PORT: String(postgres?.port),
    DB_NAME: name,
    DB_USER: "wasmforge",
    DB_PASSWORD: "a secret",
    ...values,
  };
  const { database } = parseConfiguration(all, (path) => readFileSync(path, "utf8"));
  return createStorage({ database, dataFolder: folder });
}

it("is reached with the certificate as a file or as its text", async ({ skip }) => {
  if (postgres === undefined) return skip(missing);
  const file = join(folder, "certificate.pem");
  for (const DB_SSL_CERT of [file, readFileSync(file, "utf8")]) {
    await using storage = await open({ DB_SSL_CERT });
    const { rows } = await storage.database.execute(
      "select ssl from pg_stat_ssl where pid = pg_backend_pid()",
    );
    expect(rows).toEqual([{ ssl: true }]);
  }
});

it("is reached by an address with a certificate beside it, whatever the address says of TLS", async ({
  skip,
}) => {
  if (postgres === undefined) return skip(missing);
  const DATABASE_URL = `postgres://wasmforge:a%20secret@127.0.0.1:${postgres.port}/${name}?sslmode=require`;
  await using storage = await open({ DATABASE_URL, DB_SSL_CERT: join(folder, "certificate.pem") });
  await storage.ping();
});

it("is not reached with another certificate, or another password", async ({ skip }) => {
  if (postgres === undefined || openssl === undefined) return skip(missing);
  const [trusted, other] = [join(folder, "certificate.pem"), join(folder, "other.pem")];
  makeCertificate(openssl, "other", "-subj", "/CN=other");
  await expect(open({ DB_SSL_CERT: other })).rejects.toThrow(/certificate/);
  await expect(open({ DB_SSL_CERT: trusted, DB_PASSWORD: "wrong" })).rejects.toThrow(
    /password authentication failed/,
  );
  await expect(open({})).rejects.toThrow(/no encryption|pg_hba/);
});
