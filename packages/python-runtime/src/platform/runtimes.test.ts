import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hasImage } from "../test/image.js";
import { chooseRuntime, forgedRuntime } from "./runtimes.js";

describe("choosing a runtime", () => {
  beforeEach(() => void vi.stubEnv("WASMFORGE_RUNTIME", ""));
  afterEach(() => void vi.unstubAllEnvs());

  it.skipIf(!hasImage)("takes the forged one where its image is, and says nothing", async () => {
    const warn = vi.fn();
    expect((await chooseRuntime({ warn })).name).toBe("forged");
    expect(warn).not.toHaveBeenCalled();
  });

  it("takes the one that the environment names", async () => {
    vi.stubEnv("WASMFORGE_RUNTIME", "stock");
    expect((await chooseRuntime()).name).toBe("stock");
    vi.stubEnv("WASMFORGE_RUNTIME", "forge");
    await expect(chooseRuntime()).rejects.toThrow(
      'WASMFORGE_RUNTIME is "forge"; it can be "forged" or "stock"',
    );
  });

  it("never falls back from an image that was asked for", async () => {
    const empty = await mkdtemp(`${tmpdir()}/wasmforge-empty-`);
    await expect(chooseRuntime({ image: empty })).rejects.toThrow("npm run build:python");
    vi.stubEnv("WASMFORGE_RUNTIME", "forged");
    await expect(chooseRuntime({ image: empty })).rejects.toThrow("manifest.json is not there");
    await rm(empty, { recursive: true });
  });
});

describe.skipIf(!hasImage)("a process with a tuned engine", () => {
  it("runs plugins like any other", async () => {
    const program = `
      import { forgedRuntime, tuneEngine } from "@wasmforge/python-runtime";
      tuneEngine();
      const runtime = forgedRuntime();
      const instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), {
        door: () => new Uint8Array(),
        print: (stream, chunk) => process[stream].write(chunk),
      });
      const source = "print(sum(i * i for i in range(200_000)))";
      console.log((await instance.run({ source, fileName: "p.py", input: "", maxPrintBytes: 100 })).kind);
    `;
    const here = fileURLToPath(new URL(".", import.meta.url));
    const node = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: here,
    });
    expect((await node).stdout).toBe("2666646666700000\ncompleted\n");
  });
});

describe.skipIf(!hasImage)("an artifact", () => {
  it("can be sent to any number of threads", async () => {
    const artifact = await forgedRuntime().compile({ memoryMb: 64 });
    expect(structuredClone(artifact)).toMatchObject({ runtime: "forged", imageHash: artifact.imageHash });
  });
});
