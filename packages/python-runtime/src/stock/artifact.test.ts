import { describe, expect, it } from "vitest";
import { nodeStock } from "../platform/node-stock.js";
import type { RunEnd } from "../port.js";
import { joined } from "./bytes.js";
import type { StockPlatform } from "./platform.js";
import { type StockOptions, StockRuntime } from "./stock-runtime.js";

const request = { fileName: "a.py", input: "", maxPrintBytes: 1000 };
const host = { door: () => new Uint8Array(), print: () => {} };

/** The same interpreter, with a section that means nothing: another file. */
async function otherInterpreter(): Promise<{ platform: StockPlatform; options: StockOptions }> {
  const bytes = joined([await nodeStock.readInterpreter(), Uint8Array.of(0, 2, 1, 0x78)]);
  const platform = { ...nodeStock, readInterpreter: async () => bytes };
  return { platform, options: { interpreterSha256: await nodeStock.sha256(bytes) } };
}

async function run(runtime: StockRuntime, source: string): Promise<RunEnd> {
  const instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), host);
  const end = await instance.run({ ...request, source });
  instance.close();
  return end;
}

describe("a stock interpreter", () => {
  it("is refused when it is not the one that was expected, with the cure", async () => {
    const { platform } = await otherInterpreter();
    await expect(new StockRuntime(platform).compile({ memoryMb: 64 })).rejects.toThrow(
      /^python\.wasm has the sha256 [0-9a-f]{64} where .* Reinstall @antonz\/python-wasi/,
    );
  });

  it("is taken from the host who names its hash", async () => {
    const { platform, options } = await otherInterpreter();
    expect(await run(new StockRuntime(platform, options), "x = 1")).toEqual({ kind: "completed" });
  });

  it("keeps its own stack when nothing is known of it, and using that up is told as such", async () => {
    const { platform, options } = await otherInterpreter();
    const source = "class A:\n  def __getattr__(self, name): return getattr(self, name)\nA().x";
    expect(await run(new StockRuntime(platform, options), source)).toMatchObject({
      kind: "crashed",
      cause: "stack",
    });
    expect(await run(new StockRuntime(nodeStock), source)).toMatchObject({
      kind: "raised",
      error: { type: "RecursionError" },
    });
  });

  it("is refused when it asks for more than WASI", async () => {
    // (import "env" "f" (func)) and (memory 1)
    const bytes = Uint8Array.of(
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
      ...[0x02, 0x09, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x01, 0x66, 0x00, 0x00],
      ...[0x05, 0x03, 0x01, 0x00, 0x01, 0x06, 0x07, 0x01, 0x7f, 0x01, 0x41, 0x80, 0x08, 0x0b],
      ...[0x07, 0x01, 0x00],
    );
    const platform = { ...nodeStock, readInterpreter: async () => bytes };
    const runtime = new StockRuntime(platform, { interpreterSha256: await nodeStock.sha256(bytes) });
    await expect(runtime.compile({ memoryMb: 64 })).rejects.toThrow(/more than WASI preview 1: env\.f/);
  });

  it("has another image hash with another SDK, and the same for the same", async () => {
    const hashOf = async (options: StockOptions) =>
      (await new StockRuntime(nodeStock, options).compile({ memoryMb: 64 })).imageHash;
    const sdk = new TextEncoder().encode("x = 1");
    expect(await hashOf({})).toBe(await hashOf({}));
    expect(await hashOf({ sdk })).not.toBe(await hashOf({}));
  });

  it("sleeps without keeping the processor busy", async () => {
    const runtime = new StockRuntime(nodeStock);
    const instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), host);
    const busyMs = async (source: string) => {
      const begin = process.cpuUsage();
      await instance.run({ ...request, source });
      const { user, system } = process.cpuUsage(begin);
      await instance.reset();
      return (user + system) / 1000;
    };
    const idle = await busyMs("import time");
    expect(await busyMs("import time; time.sleep(2)")).toBeLessThan(idle + 1000);
    instance.close();
  });

  it("starts with nothing but the host's word, or not at all", async () => {
    const platform = { ...nodeStock, readGuestFile: async () => new TextEncoder().encode("1/0") };
    await expect(run(new StockRuntime(platform), "x = 1")).rejects.toThrow(
      /ended before it came to the plugin/,
    );
  });
});
