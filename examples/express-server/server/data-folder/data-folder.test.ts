import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDataFolder, findOperatorSocket } from "./index.js";

let parent: string;
let path: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "folder-"));
  path = join(parent, "kept", "data");
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

it("is made, for nobody else to read", async () => {
  await using folder = await createDataFolder(path);
  expect(statSync(folder.path).mode & 0o077).toBe(0);
});

it("lets nobody else be its operator, also where others may enter it", async () => {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o777);
  await using _folder = await createDataFolder(path);
  expect(statSync((await findOperatorSocket(path)) ?? "").mode & 0o077).toBe(0);
});

it("says so when it cannot be made", async () => {
  writeFileSync(join(parent, "kept"), "");
  await expect(createDataFolder(path)).rejects.toThrow(/DATA_DIR cannot be made: ENOTDIR/);
  await expect(createDataFolder(join(parent, "kept"))).rejects.toThrow(/DATA_DIR cannot be made: EEXIST/);
});

it.runIf(existsSync("/proc"))("says so, and does not try for ever, where nobody can make one", async () => {
  await expect(createDataFolder("/proc/nothing/at/all")).rejects.toThrow(/^DATA_DIR cannot be made: /);
});

it("has one server at a time", async () => {
  const first = await createDataFolder(path);
  await expect(createDataFolder(path)).rejects.toThrow(/in use by another server/);
  await expect(createDataFolder(path)).rejects.toThrow(/in use by another server/);
  await first[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();
  await using second = await createDataFolder(path);
  expect(second.path).toBe(path);
});

it("is never taken twice, however many try at once", async () => {
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => createDataFolder(path)));
  const taken = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  expect(taken.length).toBeLessThanOrEqual(1);
  await taken[0]?.[Symbol.asyncDispose]();
  await using later = await createDataFolder(path);
  expect(readdirSync(later.path)).toHaveLength(1);
});

it("is free again when the process that had it was killed", async () => {
  await (await createDataFolder(path))[Symbol.asyncDispose]();
  const socketPath = join(path, "server-0123abcd.sock");
  const program = `require("node:net").createServer().listen(${JSON.stringify(socketPath)}, () => console.log("taken"))`;
  const owner = spawn(process.execPath, ["--eval", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(owner.stdout, "data");
  await expect(createDataFolder(path)).rejects.toThrow(/in use/);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  expect(readdirSync(path)).toEqual(["server-0123abcd.sock"]);
  utimesSync(socketPath, 0, 0);
  await using _taken = await createDataFolder(path);
  expect(existsSync(socketPath)).toBe(false);
});

it("hands its operator's connections over", async () => {
  await using folder = await createDataFolder(path);
  folder.onOperator((socket) => socket.end("hello"));
  const socket = connect((await findOperatorSocket(path)) ?? "").setEncoding("utf8");
  expect(await once(socket, "data")).toEqual(["hello"]);
  socket.destroy();
});

it("says so when its path is too long for a socket", async () => {
  await expect(createDataFolder(join(parent, "x".repeat(100)))).rejects.toThrow(/DATA_DIR is too long/);
});
