import { readFile } from "node:fs/promises";
import { forgedRuntime, type Runtime, stockRuntime } from "@wasmforge/python-runtime";
import { describe, expect, it } from "vitest";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";

const root = new URL("../../", import.meta.url);
const stubs = await readFile(new URL("packages/bridge/python/platform_sdk.pyi", root), "utf8");
const comparison = await readFile(new URL("compare_stubs.py", import.meta.url), "utf8");
async function differences(runtime: Runtime, input: string): Promise<string> {
  const printed: Uint8Array[] = [];
  const instance = await runtime.open(await runtime.compile({ memoryMb: 128 }), {
    door: () => expect.fail("nothing is asked of the host"),
    print: (_, chunk) => void printed.push(chunk),
  });
  const end = await instance.run({
    source: comparison,
    fileName: "compare_stubs.py",
    input,
    maxPrintBytes: 100_000,
  });
  instance.close();
  expect(end).toEqual({ kind: "completed" });
  return Buffer.concat(printed).toString();
}

describe("the SDK's type stubs", () => {
  it("say what the SDK has, on the stock interpreter", async () => {
    expect(await differences(stockRuntime(), stubs)).toBe("");
  });

  it.skipIf(!hasImage)("say what the SDK has, in the image", async () => {
    expect(await differences(forgedRuntime(), stubs)).toBe("");
  });

  it("would be found out", async () => {
    const wrong = stubs
      .replace("def get_file() -> File", "def get_fil() -> File")
      .replace("max_tokens: int | None = None", "max_tokens: int | None = 0")
      .replace("async def embed_async", "def embed_async")
      .replace("def text(self, encoding", "def text(self, coding");
    const found = await differences(stockRuntime(), wrong);
    expect(found.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^names: .*get_fil'/),
      expect.stringMatching(/^parameters of call_ai: /),
      expect.stringMatching(/^async of embed_async: /),
      expect.stringMatching(/^parameters of File\.text: /),
    ]);
  });
});
