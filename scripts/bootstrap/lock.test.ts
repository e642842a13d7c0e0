import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { acquireLock } from "./lock.mjs";

let folder: string;
let lockFile: string;

beforeEach(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  folder = await mkdtemp(join(tmpdir(), "wasmforge-lock-"));
  lockFile = join(folder, "cache", "lock");
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

describe("the bootstrap's lock", () => {
  it("is free again once released", async () => {
    (await acquireLock(lockFile))();
    expect(existsSync(lockFile)).toBe(false);
    (await acquireLock(lockFile))();
  });

  it("lets the second wait for the first, and says so once", async () => {
    const order: string[] = [];
    const release = await acquireLock(lockFile);
    const second = acquireLock(lockFile).then((releaseSecond) => {
      order.push("second");
      releaseSecond();
    });
    await vi.waitFor(() => expect(console.log).toHaveBeenCalled());
    order.push("first released");
    release();
    await second;
    expect(order).toEqual(["first released", "second"]);
    expect(console.log).toHaveBeenCalledTimes(1);
  });

  it("is taken over from a process that is gone", async () => {
    (await acquireLock(lockFile))();
    const gone = spawnSync(process.execPath, ["-e", "0"]).pid;
    await writeFile(lockFile, String(gone));
    (await acquireLock(lockFile))();
    expect(existsSync(lockFile)).toBe(false);
  });

  it("is taken over from an owner that has not touched it for minutes", async () => {
    (await acquireLock(lockFile))();
    await writeFile(lockFile, String(process.ppid));
    const longAgo = new Date(Date.now() - 600_000);
    await utimes(lockFile, longAgo, longAgo);
    (await acquireLock(lockFile))();
    expect(existsSync(lockFile)).toBe(false);
  });
});
