/** The server as a process: how it starts, how it stops, and what can be said to it meanwhile. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { copyEmbedded } from "./databases.js";
import { buildServer, type ServerProcess, startProcess } from "./server-process.js";

let main: string;
let removeBuild: () => void;
let folder: string;
beforeAll(async () => {
  const built = await buildServer();
  main = built.main;
  removeBuild = built.remove;
});
afterAll(() => removeBuild());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "process-"));
  await copyEmbedded(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end. */
function command(args: readonly string[], values: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, PORT: "0", DATA_DIR: folder, DEMO_MODELS: "on", ...values };
    execFile(process.execPath, [main, ...args], { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const start = (values: Readonly<Record<string, string>> = {}) =>
  startProcess(main, { DATA_DIR: folder, DEMO_MODELS: "on", ...values });

async function publish(url: string, name: string, code: string): Promise<void> {
  const form = new FormData();
  form.append("file", new File([code], `${name}.py`));
  const { status } = await fetch(`${url}/api/plugins/upload`, { method: "POST", body: form });
  expect(status).toBe(200);
}

const run = (url: string, name: string) =>
  fetch(`${url}/api/plugins/run`, { method: "POST", body: new URLSearchParams({ plugin_name: name }) });

/** Reads the history with a server of its own, after the one that made it has ended. */
async function historyAfterwards(): Promise<{ plugin: string; status: string; reason: string }[]> {
  const server = await start();
  try {
    const { items } = await (await fetch(`${server.url}/api/runs`)).json();
    return items;
  } finally {
    await server.kill("SIGTERM");
  }
}

async function untilRunning({ url }: ServerProcess): Promise<void> {
  await expect
    .poll(
      async () => (await (await fetch(`${url}/metrics`)).text()).match(/^wasmforge_runs_active (\d+)/m)?.[1],
    )
    .toBe("1");
}

describe("a server that is asked to stop", () => {
  it("lets runs end, answers them, and ends well", async () => {
    const server = await start();
    await publish(server.url, "slow", "import time\ntime.sleep(1.5)\nprint('done')");
    const answer = run(server.url, "slow");
    await untilRunning(server);
    const ended = server.kill("SIGTERM");
    expect(await (await answer).json()).toMatchObject({ success: true, output: "done" });
    expect(await ended).toBe(0);
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
    expect(await historyAfterwards()).toMatchObject([{ plugin: "slow", status: "completed" }]);
  });

  it("ends runs that go on for too long, and tells them so", async () => {
    const server = await start({ SHUTDOWN_TIME: "1" });
    await publish(server.url, "endless", "while True: pass");
    const answer = run(server.url, "endless");
    await untilRunning(server);
    const ended = server.kill("SIGTERM");
    expect(await (await answer).json()).toMatchObject({ success: false, error_type: "cancelled" });
    expect(await ended).toBe(0);
    expect(await historyAfterwards()).toMatchObject([
      { plugin: "endless", status: "stopped", reason: "aborted" },
    ]);
  });

  it("takes nothing new, and says that it is not ready", async () => {
    const server = await start({ SHUTDOWN_TIME: "20" });
    await publish(server.url, "slow", "import time\ntime.sleep(2)");
    const answer = run(server.url, "slow");
    await untilRunning(server);
    const ended = server.kill("SIGTERM");
    await expect.poll(async () => (await fetch(`${server.url}/health/ready`)).status).toBe(503);
    const refused = await run(server.url, "slow");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("connection")).toBe("close");
    expect((await answer).status).toBe(200);
    expect(await ended).toBe(0);
  });
});

describe("a server that is started", () => {
  it("says with what, and keeps secrets to itself", async () => {
    const token = "the-administrators-own-token";
    const server = await start({ ADMIN_TOKEN: token });
    await server.kill("SIGTERM");
    const starting = JSON.parse(server.lines.find((line) => line.includes('"starting"')) ?? "{}");
    expect(starting.configuration).toMatchObject({
      database: "embedded, in the data folder",
      access: expect.stringContaining("token"),
    });
    expect(server.lines.join()).not.toContain(token);
  });

  it.each([
    ["for others without a token", { HOST: "0.0.0.0" }, /ADMIN_TOKEN is not set, but HOST \(0\.0\.0\.0\)/],
    [
      "with what is no number",
      { PORT: "http" },
      /^The configuration is not usable:\n {2}PORT must be a whole number/,
    ],
    [
      "at an address of another machine",
      { HOST: "192.0.2.1", ADMIN_TOKEN: "x".repeat(30) },
      /HOST 192\.0\.2\.1 is no address/,
    ],
    [
      "with a database that is not there",
      { DATABASE_URL: "postgres://127.0.0.1:9/x" },
      /DATABASE_URL .*cannot be reached/,
    ],
    ["with a folder as its audit file", { AUDIT_FILE: tmpdir() }, /AUDIT_FILE cannot be used: EISDIR/],
    [
      "with an audit file where none can be made",
      { AUDIT_FILE: "/dev/null/audit.jsonl" },
      /AUDIT_FILE cannot be used: ENOTDIR/,
    ],
    // Not even by root: it is being run.
    [
      "with an audit file that cannot be written to",
      { AUDIT_FILE: process.execPath },
      /AUDIT_FILE cannot be used: E/,
    ],
  ])("%s ends with a sentence that says what to do", async (_, values, sentence) => {
    const { code, stderr } = await command([], values);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it("on a port that is taken says so", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address() as { port: number };
    const { code, stderr } = await command([], { PORT: String(address.port) });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`PORT ${address.port} is in use`),
    });
    taken.close();
  });

  it("on a folder that is taken says so", async () => {
    const server = await start();
    expect(await command([])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("in use by another server"),
    });
    await server.kill("SIGTERM");
  });

  it("reads a file of settings beneath its environment", async () => {
    writeFileSync(join(folder, ".env"), "LOG_LEVEL=shout\n");
    expect(await command([])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("LOG_LEVEL must be"),
    });
  });
});

describe("at a terminal", () => {
  /** `script`, which every Debian has, is a terminal to what it runs. */
  function startAtTerminal(values: Readonly<Record<string, string>>) {
    const env = { PATH: process.env.PATH, PORT: "0", DATA_DIR: folder, SHELL: "/bin/sh", ...values };
    const args = ["-q", "-f", "-e", "-c", `exec ${process.execPath} ${main}`, "/dev/null"];
    const child = spawn("script", args, { env, cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part.replaceAll("\r", "");
    });
    return { child, screen: () => text };
  }

  it("it says who answers for models, and last of all where it is; Ctrl+C ends it well", async () => {
    const { child, screen } = startAtTerminal({ OLLAMA_BASE_URL: "http://127.0.0.1:9" });
    const patience = { timeout: 60_000 };
    await expect.poll(screen, patience).toMatch(/WasmForge is running: http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(screen()).toContain("Models: a demonstration answers in their place");
    expect(screen()).toContain("until there is an Ollama at http://127.0.0.1:9.");
    expect(screen()).toContain("cannot be reached");
    expect(screen()).not.toContain("{");
    const ended = once(child, "exit");
    child.stdin.write("\u0003");
    expect(await ended).toEqual([0, null]);
  });

  it("it writes its log as it is told to", async () => {
    const { child, screen } = startAtTerminal({ DEMO_MODELS: "on", LOG_FORMAT: "json", LOG_LEVEL: "info" });
    await expect.poll(screen, { timeout: 60_000 }).toContain('"msg":"ready"');
    const ready = screen()
      .split("\n")
      .find((line) => line.includes('"ready"'));
    expect(JSON.parse(ready ?? "")).toMatchObject({
      url: expect.stringMatching(/^http:/),
      models: { provider: "demo", reason: "DEMO_MODELS is on" },
    });
    const ended = once(child, "exit");
    child.stdin.write("\u0003");
    await ended;
    expect(screen()).not.toContain("WasmForge is running");
  });
});

describe("its command", () => {
  it("issues, lists and revokes tokens of the server that runs", async () => {
    const server = await start({ ADMIN_TOKEN: "the-administrators-own-token" });
    const issued = await command([
      "token",
      "issue",
      "--user",
      "ada",
      "--scopes",
      "run,publish",
      "--days",
      "7",
    ]);
    expect(issued).toMatchObject({ code: 0, stderr: "" });
    const token = issued.stdout.trim();
    const ask = async () => {
      const response = await fetch(`${server.url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
      return (await response.json()) as { user?: string; detail?: string };
    };
    expect((await ask()).user).toBe("ada");
    const id = token.split("_")[1] ?? "";
    expect((await command(["token", "list"])).stdout).toMatch(
      new RegExp(`^${id}\\tada\\trun,publish\\tuntil `),
    );
    expect(await command(["token", "revoke", id])).toMatchObject({ code: 0, stdout: `revoked ${id}\n` });
    expect((await ask()).detail).toContain("revoked");
    await server.kill("SIGTERM");
  });

  it("says what is wrong with what it is told", async () => {
    const server = await start();
    const wrong: [string[], RegExp][] = [
      [["token", "issue", "--scopes", "run"], /user/],
      [["token", "issue", "--user", "ada"], /scopes/],
      [["token", "issue", "--user", "ada", "--scopes", "root"], /scopes/],
      [["token", "issue", "--user", "ada", "--scopes", "run", "--days", "soon"], /days/],
      [["token", "revoke"], /token revoke ID/],
      [["token", "revoke", "0123456789ab"], /no token/],
      [["token", "juggle"], /token issue/],
    ];
    for (const [args, sentence] of wrong) {
      const { code, stderr, stdout } = await command(args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
      expect(stderr).toMatch(sentence);
    }
    await server.kill("SIGTERM");
  });

  it("says that it needs a server", async () => {
    expect(await command(["token", "list"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/No server runs on/),
    });
  });

  it("explains itself", async () => {
    expect(await command(["--help"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage:/) });
    expect((await command(["dance"])).code).toBe(2);
    expect((await command(["--dance"])).code).toBe(2);
  });
});
