import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compressedFiles } from "./compressed-files.js";

describe("files that have a compressed form", () => {
  const folder = mkdtempSync(join(tmpdir(), "files-"));
  const script = "export const answer = 42;\n".repeat(100);
  writeFileSync(join(folder, "a.js"), script);
  writeFileSync(join(folder, "a.js.br"), brotliCompressSync(script));
  writeFileSync(join(folder, "a.js.gz"), gzipSync(script));
  writeFileSync(join(folder, "b.txt"), "small");
  const app = express().use("/assets", compressedFiles(folder), express.static(folder, { index: false }));
  const server = createServer(app);
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const get = (path: string, accepted: string) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/assets${path}`, {
      headers: { "accept-encoding": accepted },
    });

  it.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, deflate", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["identity", null],
  ])("are sent to those who accept %s as %s", async (accepted, encoding) => {
    const answer = await get("/a.js", accepted);
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(answer.headers.get("content-type")).toMatch(/^text\/javascript/);
    expect(answer.headers.get("vary")).toContain("Accept-Encoding");
    expect(await answer.text()).toBe(script);
  });

  it("are sent with their query, and only where they are", async () => {
    expect(await (await get("/a.js?v=1", "br")).text()).toBe(script);
    expect((await get("/b.txt", "br")).headers.get("content-encoding")).toBeNull();
    expect((await get("/none.js", "br")).status).toBe(404);
    expect((await get("/%2e%2e/a.js", "br")).status).toBe(404);
  });
});
