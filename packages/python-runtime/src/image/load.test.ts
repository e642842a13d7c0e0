import { cp, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseRuntime, forgedRuntime } from "../platform/runtimes.js";
import { hasImage, imageFolder } from "../test/image.js";

describe.skipIf(!hasImage)("an image on disk", () => {
  let folder = "";
  const inFolder = (file: string) => path.join(folder, file);
  const compile = () => forgedRuntime({ image: folder }).compile({ memoryMb: 64 });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "wasmforge-image-"));
    await cp(imageFolder, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("loads when it is whole", async () => {
    expect((await compile()).imageHash).toMatch(/^[0-9a-f]{64}$/);
  });

  for (const file of ["interpreter.wasm", "snapshot.wasm"]) {
    it(`is refused when one byte of ${file} is different`, async () => {
      const bytes = await readFile(inFolder(file));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      await writeFile(inFolder(file), bytes);
      await expect(compile()).rejects.toThrow(new RegExp(`${file}.*contents.*npm run build:python`));
    });

    it(`is refused when ${file} is cut off or gone`, async () => {
      await truncate(inFolder(file), 1000);
      await expect(compile()).rejects.toThrow(new RegExp(`${file} has 1000 bytes instead of`));
      await rm(inFolder(file));
      await expect(compile()).rejects.toThrow(`${file} is not there`);
    });
  }

  it("is refused when its library is damaged, as soon as a plugin needs it", async () => {
    await truncate(inFolder("library.bin"), 1000);
    const runtime = forgedRuntime({ image: folder });
    const host = { door: () => new Uint8Array(), print: () => {} };
    const instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), host);
    const run = (source: string) => instance.run({ source, fileName: "p.py", input: "", maxPrintBytes: 100 });
    for (const harmless of ["import json", "import _forge\n_forge.supply('input-file')"]) {
      expect(await run(harmless)).toEqual({ kind: "completed" });
      await instance.reset();
    }
    await expect(run("import decimal")).rejects.toThrow("library.bin has 1000 bytes instead of");
  });

  it("is refused when its manifest is no manifest", async () => {
    for (const [text, problem] of [
      ["{", "is not JSON"],
      ["{}", "does not describe an image"],
      ['{"format":1}', "was written by another version"],
    ] as const) {
      await writeFile(inFolder("manifest.json"), text);
      await expect(compile()).rejects.toThrow(`manifest.json ${problem}`);
    }
  });

  it("is refused when its manifest belongs to another image", async () => {
    const manifest = JSON.parse(await readFile(inFolder("manifest.json"), "utf8"));
    manifest.files["snapshot.wasm"].sha256 = "0".repeat(64);
    await writeFile(inFolder("manifest.json"), JSON.stringify(manifest));
    await expect(compile()).rejects.toThrow("snapshot.wasm does not have the contents");
  });

  it("is never replaced by the fallback when it is damaged", async () => {
    await truncate(inFolder("manifest.json"), 10);
    await expect(chooseRuntime({ image: folder })).rejects.toThrow("manifest.json is not JSON");
  });

  it("cannot be given less memory than it needs, or more than there is", async () => {
    for (const memoryMb of [0, 1, -5, Number.NaN, 5000]) {
      await expect(forgedRuntime({ image: folder }).compile({ memoryMb })).rejects.toThrow(
        /memoryMb must be between/,
      );
    }
  });
});
