/** What puts the server on other machines, as far as this one can tell. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { validate } from "dockerfile-utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findProgram, installingMs } from "./debian.js";
import { startProcess } from "./server-process.js";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("..", import.meta.url));
const read = (name: string) => readFileSync(join(folder, name), "utf8");

describe("the Dockerfile", () => {
  const text = read("Dockerfile");

  it("has nothing that a linter finds fault with", () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it("makes an image that runs as nobody in particular, keeps what it keeps in a volume, and knows how it is", () => {
    const last = text.slice(text.lastIndexOf("\nFROM "));
    expect(last).toMatch(/^FROM node:20-bookworm-slim$/m);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^VOLUME \/data$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).not.toMatch(/^(RUN .*(apt|npm)|ADD)/m);
  });
});

describe("compose.yaml", () => {
  const { services, networks, volumes, secrets } = parse(read("compose.yaml"));

  it("names nothing that it does not have", () => {
    for (const service of Object.values<Record<string, string[]>>(services)) {
      for (const name of service.networks ?? []) expect(Object.keys(networks)).toContain(name);
      for (const name of service.secrets ?? []) expect(Object.keys(secrets)).toContain(name);
      for (const volume of service.volumes ?? [])
        expect(Object.keys(volumes)).toContain(volume.split(":")[0]);
      for (const name of Object.keys(service.depends_on ?? {})) expect(Object.keys(services)).toContain(name);
    }
  });

  it("shows the server alone, and that to this machine", () => {
    expect(services.server.ports).toEqual(["127.0.0.1:3000:3000"]);
    expect(services.database.ports).toBeUndefined();
    expect(services.ollama.ports).toBeUndefined();
    expect(networks.back).toEqual({ internal: true });
  });

  it("lets the server write to its volume and to memory only", () => {
    expect(services.server).toMatchObject({
      read_only: true,
      tmpfs: ["/tmp"],
      cap_drop: ["ALL"],
      volumes: ["data:/data"],
    });
    expect(services.server.environment).not.toHaveProperty("ADMIN_TOKEN");
  });
});

describe("the systemd unit", () => {
  let analyse: string | undefined;
  beforeAll(async () => {
    analyse = await findProgram("systemd-analyze", { of: "systemd" });
  }, installingMs);

  it("is one that systemd understands", async ({ skip }) => {
    if (analyse === undefined) return skip("there is no systemd here");
    // What it names is not installed here; everything else has to be right.
    const { stderr } = await run(analyse, ["verify", join(folder, "deploy/wasmforge.service")]).catch(
      (error) => error,
    );
    const complaints = String(stderr)
      .split("\n")
      .filter((line) => line.includes("wasmforge.service"));
    expect(
      complaints.filter((line) => !/is not executable|No such file|Failed to (prepare|load)/.test(line)),
    ).toEqual([]);
  });

  it("gives the server little to do harm with", async ({ skip }) => {
    if (analyse === undefined) return skip("there is no systemd here");
    const { stdout } = await run(analyse, [
      "security",
      "--offline=true",
      "--no-pager",
      join(folder, "deploy/wasmforge.service"),
    ]);
    const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure).toBeLessThanOrEqual(2.5);
  });
});

describe("the script for a Debian host", () => {
  let place: string;
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), "install-"));
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it("has nothing that a linter finds fault with", { timeout: installingMs }, async ({ skip }) => {
    const shellcheck = await findProgram("shellcheck");
    if (shellcheck === undefined) return skip("shellcheck cannot be installed here");
    await run(shellcheck, [join(folder, "deploy/install.sh")]);
  });

  it("puts a server in place that runs with nothing of this clone in its reach", {
    timeout: 600_000,
  }, async () => {
    const script = join(folder, "deploy/install.sh");
    // A Node that did not come with Debian is somewhere else.
    const programs = join(place, "programs");
    mkdirSync(programs);
    symlinkSync(process.execPath, join(programs, "node"));
    const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` };
    await run(script, ["--root", place], { env });
    const unit = readFileSync(join(place, "etc/systemd/system/wasmforge.service"), "utf8");
    expect(unit).toContain(`\nExecStart=${programs}/node /opt/wasmforge/current/dist/main.js\n`);
    const settings = join(place, "etc/wasmforge/server.env");
    const first = readFileSync(settings, "utf8");
    expect(first).toMatch(/^ADMIN_TOKEN=[\w-]{43}$/m);
    expect(statSync(settings).mode & 0o077).toBe(0);
    const current = join(place, "opt/wasmforge/current");

    const server = await startProcess(join(current, "dist/main.js"), {
      CONFIG_FILE: settings,
      HOST: "127.0.0.1",
      DATA_DIR: join(place, "data"),
      DEMO_MODELS: "on",
    });
    const authorization = `Bearer ${/^ADMIN_TOKEN=(.*)$/m.exec(first)?.[1]}`;
    const form = new FormData();
    form.append("file", new File(["from platform_sdk import *\nprint(len(list_models()))"], "a.py"));
    await fetch(`${server.url}/api/plugins/upload`, {
      method: "POST",
      body: form,
      headers: { authorization },
    });
    const body = new URLSearchParams({ plugin_name: "a" });
    const answer = await fetch(`${server.url}/api/plugins/run`, {
      method: "POST",
      body,
      headers: { authorization },
    });
    expect(await answer.json()).toMatchObject({ success: true, output: "3" });
    expect(await (await fetch(server.url, { headers: { accept: "text/html" } })).text()).toContain("<title>");
    expect(await server.kill("SIGTERM")).toBe(0);

    const before = readlinkSync(current);
    await run(script, ["--root", place]);
    expect(readlinkSync(current)).not.toBe(before);
    expect(readFileSync(settings, "utf8")).toBe(first);
  });
});
