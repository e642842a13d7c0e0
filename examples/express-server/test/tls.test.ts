/** The first WasmForge's variables, a password and a certificate that is checked: how many a database is reached. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseConfiguration } from "../server/configuration/index.js";
import { createStorage } from "../server/storage/index.js";
import { createPostgres, type Postgres } from "./postgres.js";

let folder: string;
let postgres: Postgres | undefined;
let name: string;

/** A certificate that signs itself, and its key. */
function makeCertificate(): { readonly certificate: string; readonly key: string } {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...files, ...subject],
    { stdio: "ignore" },
  );
  return { certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tls-"));
  postgres = await createPostgres({ tls: makeCertificate(), password: "a secret" });
  if (postgres !== undefined) name = new URL(await postgres.createDatabase()).pathname.slice(1);
});
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
  if (postgres === undefined) return skip("there is no PostgreSQL here");
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
  if (postgres === undefined) return skip("there is no PostgreSQL here");
  const DATABASE_URL = `postgres://wasmforge:a%20secret@127.0.0.1:${postgres.port}/${name}?sslmode=require`;
  await using storage = await open({ DATABASE_URL, DB_SSL_CERT: join(folder, "certificate.pem") });
  await storage.ping();
});

it("is not reached with another certificate, or another password", async ({ skip }) => {
  if (postgres === undefined) return skip("there is no PostgreSQL here");
  const trusted = join(folder, "certificate.pem");
  const other = join(folder, "other.pem");
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-keyout",
      join(folder, "other.key"),
      "-out",
      other,
      "-subj",
      "/CN=other",
    ],
    { stdio: "ignore" },
  );
  await expect(open({ DB_SSL_CERT: other })).rejects.toThrow(/certificate/);
  await expect(open({ DB_SSL_CERT: trusted, DB_PASSWORD: "wrong" })).rejects.toThrow(
    /password authentication failed/,
  );
  await expect(open({})).rejects.toThrow(/no encryption|pg_hba/);
});
