import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hostState, leftBehind, placesOf } from "./leftovers.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "probe-leftovers-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const atOnce = 0;
const forever = 2 ** 31 - 1;

/** What is found after something was left; `leave` says how to take it away again. */
async function found(leave: () => Promise<() => unknown>): Promise<string[]> {
  const source = `open("${folder}/loot")`;
  const places = placesOf(source);
  const before = hostState(places);
  const takeAway = await leave();
  try {
    return await leftBehind(before, places, source, atOnce);
  } finally {
    await takeAway();
  }
}

describe("what a run leaves", () => {
  it("is nothing where it leaves nothing", async () => {
    expect(await found(async () => () => {})).toEqual([]);
  });

  it("is a thread that still runs", async () => {
    const left = await found(async () => {
      const worker = new Worker("setInterval(() => {}, 1e6)", { eval: true });
      await once(worker, "online");
      return () => worker.terminate();
    });
    expect(left).toContain("1 thread(s)");
  });

  it("is a process that still runs", async () => {
    const left = await found(async () => {
      const child = spawn("sleep", ["60"], { stdio: "ignore" });
      await once(child, "spawn");
      return async () => {
        child.kill();
        await once(child, "close");
      };
    });
    expect(left).toContain("1 process(es)");
  });

  it("is a descriptor that is still open", async () => {
    const left = await found(async () => {
      const descriptor = openSync("/dev/null", "r");
      return () => closeSync(descriptor);
    });
    expect(left).toEqual(["1 descriptor(s)"]);
  });

  it("is a timer that is still set", async () => {
    const left = await found(async () => {
      const timer = setTimeout(() => {}, forever);
      return () => clearTimeout(timer);
    });
    expect(left).toEqual(["1 timer(s)"]);
  });

  it("is a listener that still listens", async () => {
    const left = await found(async () => {
      const onExit = () => {};
      process.on("exit", onExit);
      return () => process.off("exit", onExit);
    });
    expect(left).toEqual(["1 listener(s) on process"]);
  });

  it("is a file in a folder that the plugin names", async () => {
    const left = await found(async () => {
      writeFileSync(join(folder, "loot"), "");
      return () => {};
    });
    expect(left).toContain(`the file ${join(folder, "loot")}`);
  });

  it("is a hundred megabytes of memory", async () => {
    const kept: Buffer[] = [];
    const left = await found(async () => {
      kept.push(Buffer.alloc(150 * 2 ** 20, 1));
      return () => kept.pop();
    });
    expect(left).toEqual([expect.stringMatching(/^1\d\d MB of host memory$/)]);
  });
});
