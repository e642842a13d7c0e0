import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCustomImage } from "../../build/custom-image.js";
import { forgedRuntime } from "../platform/runtimes.js";
import type { RunEnd } from "../port.js";
import { hasImage, imageFolder } from "../test/image.js";

/** CPython's source carries pip, and pip carries copies of packages that half the world uses. */
const cache = fileURLToPath(new URL("../../../../.cache/python/", import.meta.url));
const bundled = path.join(cache, "sources/python/Lib/ensurepip/_bundled/pip-25.1.1-py3-none-any.whl");
const python = path.join(cache, "toolchain/python3.13");
const canBake = hasImage && existsSync(bundled) && existsSync(python);

async function runIn(image: string, source: string): Promise<{ end: RunEnd; stdout: string }> {
  let stdout = "";
  const runtime = forgedRuntime({ image });
  const instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), {
    door: () => new Uint8Array(),
    print: (_stream, chunk) => {
      stdout += new TextDecoder().decode(chunk);
    },
  });
  const end = await instance.run({ source, fileName: "plugin.py", input: "", maxPrintBytes: 10_000 });
  return { end, stdout };
}

describe.skipIf(!canBake)("an image with packages of one's own", () => {
  let folder = "";
  let image = "";
  const packages = () => path.join(folder, "packages");

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "wasmforge-bake-"));
    image = path.join(folder, "image");
    await promisify(execFile)(python, ["-m", "zipfile", "-e", bundled, path.join(folder, "pip")]);
    await mkdir(packages());
    for (const name of ["packaging", "certifi", "idna"]) {
      await cp(path.join(folder, "pip/pip/_vendor", name), path.join(packages(), name), { recursive: true });
    }
    await buildCustomImage({
      base: imageFolder,
      out: image,
      preload: ["packaging.version", "decimal"],
      packages: [packages()],
      hashSeed: "7",
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("lets plugins import them", async () => {
    const { end, stdout } = await runIn(
      image,
      "from packaging.version import Version\nimport idna\n" +
        "print(Version('1.10') > Version('1.9'), idna.encode('bücher.example').decode())",
    );
    expect(end).toEqual({ kind: "completed" });
    expect(stdout).toBe("True xn--bcher-kva.example\n");
  });

  it("has imported what was asked for before any plugin runs", async () => {
    const { stdout } = await runIn(
      image,
      "import sys\nprint([m in sys.modules for m in ('packaging.version', 'decimal', 'json', 'idna')])",
    );
    expect(stdout).toBe("[True, True, True, False]\n");
  });

  it("gives packages their data files", async () => {
    const { stdout } = await runIn(
      image,
      "from importlib import resources\n" +
        "text = (resources.files('certifi') / 'cacert.pem').read_text()\nprint('BEGIN CERTIFICATE' in text)\n" +
        "print(sorted(r.name for r in resources.files('certifi').iterdir())[:1])",
    );
    expect(stdout).toBe("True\n['cacert.pem']\n");
  });

  it("has another hash seed, and with it other string hashes", async () => {
    const source = "print(hash('wasmforge'))";
    expect((await runIn(image, source)).stdout).not.toBe((await runIn(imageFolder, source)).stdout);
  });

  it("leaves the standard image as it was", async () => {
    const { end } = await runIn(imageFolder, "import packaging");
    expect(end).toMatchObject({ kind: "raised", error: { type: "ModuleNotFoundError", line: 1 } });
  });

  it("names in its manifest what went into it", async () => {
    const manifest = JSON.parse(await readFile(path.join(image, "manifest.json"), "utf8"));
    expect(manifest.inputs["packaging/version.py"]).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.preload).toContain("packaging.version");
  });

  const refused = (out: string, folderOfPackages: string, preload: string[] = []) =>
    buildCustomImage({
      base: imageFolder,
      out: path.join(folder, out),
      preload,
      packages: [folderOfPackages],
      hashSeed: undefined,
    });

  it("is not made from native code, broken Python, or a module that is not there", async () => {
    const broken = path.join(folder, "broken");
    await mkdir(broken);
    await writeFile(path.join(broken, "fast.so"), "");
    await expect(refused("native", broken)).rejects.toThrow("fast.so is native code");
    await rm(path.join(broken, "fast.so"));
    await writeFile(path.join(broken, "wrong.py"), "def f(:\n");
    await expect(refused("syntax", broken)).rejects.toThrow(/wrong\.py", line 1/);
    await expect(refused("absent", packages(), ["nowhere"])).rejects.toThrow("No module named 'nowhere'");
    for (const name of ["native", "syntax", "absent"])
      expect(existsSync(path.join(folder, name))).toBe(false);
  });
});
