/** The disk under the platform is full for a while: that costs requests, and nothing that was acknowledged. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyEmbedded } from "./databases.js";
import { startServer, type TestServer } from "./test-server.js";

/** Enough for the embedded database and little more. */
const diskMb = 160;

let disk: string;
let isMounted = false;
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), "disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMb}m`, "tmpfs", disk], { stdio: "ignore" });
    isMounted = true;
  } catch {
    isMounted = false;
  }
});
afterEach(() => {
  if (isMounted) execFileSync("umount", ["--lazy", disk]);
  rmdirSync(disk);
});

it("refuses what it cannot keep, and goes on when there is room again", { timeout: 180_000 }, async ({
  skip,
}) => {
  if (!isMounted) return skip("no disk can be made here");
  const folder = join(disk, "data");
  mkdirSync(folder);
  await copyEmbedded(folder);
  const place = { AUDIT_FILE: join(disk, "audit.jsonl"), MAX_QUEUED_RUNS: "1000" };
  const uploads = new Set<string>();
  const runs = new Set<string>();
  const answers = new Set<number>();

  const upload = async (client: TestServer["client"], name: string) => {
    const { status } = await client.upload(name, `# ${"filler ".repeat(10_000)}\nprint("${name}")\n`);
    answers.add(status);
    if (status === 200) uploads.add(name);
    return status;
  };
  const run = async (client: TestServer["client"]) => {
    const { status, headers } = await client.run("first");
    answers.add(status);
    if (status === 200) runs.add(headers.get("x-run-id") ?? "");
    return status;
  };
  {
    await using started = await startServer(place, { keptFolder: folder });
    const { client } = started;
    expect([await upload(client, "first"), await run(client)]).toEqual([200, 200]);

    const remove = fillUp(join(disk, "filler"));
    for (let turn = 0; turn < 60; turn += 1) {
      await upload(client, `plugin_${turn}`);
      await run(client);
    }
    expect(answers).toContain(503);
    expect([...answers].filter((status) => status !== 200 && status !== 503)).toEqual([]);

    remove();
    await expect.poll(() => upload(client, "late"), { timeout: 60_000, interval: 500 }).toBe(200);
    await expect.poll(() => run(client), { timeout: 60_000, interval: 500 }).toBe(200);
  }
  await using started = await startServer(place, { keptFolder: folder });
  const { body: list } = await started.client.get("/api/plugins/list");
  for (const name of uploads) expect(list.map((one: { name: string }) => one.name)).toContain(name);
  for (const id of runs) expect((await started.client.get(`/api/runs/${id}`)).status).toBe(200);
});

/** To the last byte. */
function fillUp(path: string): () => void {
  const descriptor = openSync(path, "w");
  for (let size = 2 ** 20; size >= 1; size /= 4) {
    try {
      for (;;) writeSync(descriptor, Buffer.alloc(size));
    } catch {
      // So much does not fit any more.
    }
  }
  closeSync(descriptor);
  return () => rmSync(path);
}
