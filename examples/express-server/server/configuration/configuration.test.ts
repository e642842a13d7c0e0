import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigurationError, describeConfiguration, loadConfiguration, parseConfiguration } from "./index.js";

const token = "a-token-that-is-long-enough";
const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

function parse(values: Record<string, string>) {
  return parseConfiguration(values, () => {
    throw new Error("no files here");
  });
}

function problemsOf(values: Record<string, string>): readonly string[] {
  try {
    parse(values);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

describe("a configuration", () => {
  it("needs nothing to serve one local user with a database of its own", () => {
    const configuration = parse({});
    expect(configuration.listen).toMatchObject({ host: "127.0.0.1", port: 3_000 });
    expect(configuration.database).toEqual({ kind: "embedded" });
    expect(configuration.access.mode).toBe("open");
  });

  it("keeps the defaults of the first WasmForge", () => {
    const { runs } = parse({});
    expect(runs).toMatchObject({ wallTimeMs: 120_000, maxPromptChars: 4_000, maxCalls: 10 });
  });

  it("reports everything that is wrong at once, each by the name of its variable", () => {
    expect(
      problemsOf({ PORT: "http", MAX_MEMORY_MB: "-1", OLLAMA_BASE_URL: "ftp://x", SEAT_KIND: "sofa" }),
    ).toEqual([
      'PORT must be a whole number from 0 to 65535 (it is "http")',
      'OLLAMA_BASE_URL must be a URL that begins with http:// or https:// (it is "ftp://x")',
      'MAX_MEMORY_MB must be a whole number from 32 to 4096 (it is "-1")',
      'SEAT_KIND must be thread or process (it is "sofa")',
    ]);
  });

  it("keeps at least the version of a plugin that is current", () => {
    expect(parse({ MAX_VERSIONS: "1" }).plugins.maxVersions).toBe(1);
    for (const MAX_VERSIONS of ["0", "-1", "1e9", "all"])
      expect(problemsOf({ MAX_VERSIONS })).toEqual([
        `MAX_VERSIONS must be a whole number from 1 to 100000 (it is "${MAX_VERSIONS}")`,
      ]);
  });

  it("has room for the largest request among what requests may hold", () => {
    expect(parse({}).listen.maxHeldBytes).toBe(256_000_000);
    expect(parse({ MAX_HELD_MB: "72" }).listen.maxHeldBytes).toBe(72_000_000);
    expect(problemsOf({ MAX_HELD_MB: "71" })).toEqual([
      "MAX_HELD_MB (71) is too little for requests with MAX_INPUT_BYTES (12000000): set it to 72 at least",
    ]);
    expect(problemsOf({ MAX_INPUT_BYTES: "100000000" })).toEqual([expect.stringContaining("600 at least")]);
    for (const MAX_HELD_MB of ["0", "9", "1e3", "-256", "99999999999"])
      expect(problemsOf({ MAX_HELD_MB })[0]).toMatch(/^MAX_HELD_MB must be a whole number from 10 to/);
  });

  it("takes a variable that is set to nothing as not set", () => {
    expect(parse({ PORT: "", DATABASE_URL: "  " })).toEqual(parse({}));
  });

  it("cannot be changed after it was read", () => {
    const configuration = parse({});
    expect(() => Object.assign(configuration.runs, { memoryMb: 1 })).toThrow(TypeError);
  });
});

describe("an address that others can reach", () => {
  it.each(["0.0.0.0", "::", "192.168.1.4", "my-host", "127.evil.example", "localhost.example"])(
    "is refused without an admin token: %s",
    (HOST) => {
      expect(problemsOf({ HOST })).toEqual([expect.stringContaining("ADMIN_TOKEN is not set")]);
      expect(parse({ HOST, ADMIN_TOKEN: token }).access.mode).toBe("tokens");
    },
  );

  it.each(["127.0.0.1", "127.1.2.3", "localhost", "::1"])("does not include this one: %s", (HOST) => {
    expect(parse({ HOST }).access.mode).toBe("open");
  });

  it("is refused with a token that could be guessed", () => {
    expect(problemsOf({ HOST: "0.0.0.0", ADMIN_TOKEN: "admin" })[0]).toMatch(
      /^ADMIN_TOKEN must have at least 24/,
    );
  });
});

describe("the old database variables", () => {
  const old = { DB_HOST: "db", DB_NAME: "forge", DB_USER: "me", DB_PASSWORD: "secret" };

  it("lead to the same database", () => {
    expect(parse(old).database).toEqual({
      kind: "postgres",
      connection: { host: "db", port: 5_432, database: "forge", user: "me", password: "secret" },
      poolSize: 10,
    });
  });

  it("come after DATABASE_URL", () => {
    expect(parse({ ...old, DATABASE_URL: "postgres://x/y" }).database).toMatchObject({
      connection: "postgres://x/y",
    });
  });

  it("must be complete", () => {
    expect(problemsOf({ DB_HOST: "db" })).toEqual([
      "DB_NAME is not set, but DB_HOST is: name the database",
      "DB_USER is not set, but DB_HOST is: name the database's user",
    ]);
    expect(problemsOf({ DB_NAME: "forge" })).toEqual([
      "DB_NAME is set, but neither DATABASE_URL nor DB_HOST is",
    ]);
  });

  it("take a certificate as a file or as its text, also on one line", () => {
    const fromFile = parseConfiguration({ ...old, DB_SSL_CERT: "/etc/ca.pem" }, () => certificate);
    expect(fromFile.database).toMatchObject({ certificate });
    expect(parse({ ...old, DB_SSL_CERT: certificate.replaceAll("\n", "\\n") }).database).toMatchObject({
      certificate,
    });
    expect(problemsOf({ ...old, DB_SSL_CERT: "/nowhere" })).toEqual([
      "DB_SSL_CERT names a file that cannot be read: /nowhere",
    ]);
  });
});

it("gives collectors of metrics a token of their own", () => {
  expect(problemsOf({ ADMIN_TOKEN: token, METRICS_TOKEN: token })).toEqual([
    expect.stringContaining("METRICS_TOKEN is the ADMIN_TOKEN"),
  ]);
});

describe("secrets", () => {
  const values = {
    ADMIN_TOKEN: `${token}-admin`,
    METRICS_TOKEN: `${token}-metrics`,
    DATABASE_URL: "postgres://me:hunter2@db:5432/forge?password=hunter2",
    OLLAMA_BASE_URL: "http://user:hunter2@gpu:11434",
  };

  it("are in no description", () => {
    const text = JSON.stringify(describeConfiguration(parse(values)));
    expect(text).not.toContain(token);
    expect(text).not.toContain("hunter2");
    expect(text).toContain("db:5432/forge");
  });

  it("are in no error", () => {
    const problems = problemsOf({ ADMIN_TOKEN: "short secret", DATABASE_URL: "mysql://me:hunter2@db" });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toMatch(/short secret|hunter2/);
  });
});

describe("a configuration file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "configuration-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is read beneath the environment", () => {
    writeFileSync(join(folder, "server.env"), "# comment\nPORT=4000\nLOG_LEVEL='warn'\n");
    const configuration = loadConfiguration({ CONFIG_FILE: "server.env", PORT: "5000" }, folder);
    expect(configuration).toMatchObject({ listen: { port: 5_000 }, logLevel: "warn" });
  });

  it("is .env in the working folder when none is named, and need not be there", () => {
    expect(loadConfiguration({}, folder).listen.port).toBe(3_000);
    writeFileSync(join(folder, ".env"), "PORT=4000");
    expect(loadConfiguration({}, folder).listen.port).toBe(4_000);
  });

  it("must be there when it is named", () => {
    expect(() => loadConfiguration({ CONFIG_FILE: "server.env" }, folder)).toThrow(
      /CONFIG_FILE names a file/,
    );
  });

  it("may hold a secret alone", () => {
    writeFileSync(join(folder, "token"), `${token}\n`);
    expect(loadConfiguration({ ADMIN_TOKEN_FILE: "token" }, folder).access.adminToken).toBe(token);
    expect(() => loadConfiguration({ ADMIN_TOKEN_FILE: "token", ADMIN_TOKEN: token }, folder)).toThrow(
      /keep one/,
    );
    expect(() => loadConfiguration({ ADMIN_TOKEN_FILE: "none" }, folder)).toThrow(
      /ADMIN_TOKEN_FILE names a file/,
    );
  });

  it("is not open for want of the secret that it names", () => {
    writeFileSync(join(folder, "token"), " \n");
    expect(() => loadConfiguration({ ADMIN_TOKEN_FILE: "token" }, folder)).toThrow(
      /ADMIN_TOKEN_FILE names a file with nothing in it/,
    );
  });

  it("gives the data folder its whole path", () => {
    expect(loadConfiguration({ DATA_DIR: "kept" }, folder).dataFolder).toBe(join(folder, "kept"));
  });
});
