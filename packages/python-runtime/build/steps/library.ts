/** Packs the standard library, the time zones and our own guest modules: `library.bin` in the stage's folder. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { excludedFromLibrary, libraryPatches } from "../recipe.js";
import { shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";
import type { Toolchain } from "./toolchain.js";

export interface LibraryInputs {
  readonly work: string;
  readonly toolchain: Toolchain;
  readonly sources: Stage;
  readonly packageFolder: string;
  /** The SDK is the bridge's. */
  readonly sdkFolder: string;
}

export async function packLibrary({
  work,
  toolchain,
  sources,
  packageFolder,
  sdkFolder,
}: LibraryInputs): Promise<Stage> {
  const guest = path.join(packageFolder, "guest");
  const packer = path.join(packageFolder, "build", "pack_library.py");
  const patchFolder = path.join(packageFolder, "build", "patches", "library");
  const excluded = [...excludedFromLibrary].join();
  return stage({
    name: "library",
    saying: "compiling the standard library",
    work,
    dependsOn: [
      toolchain.key,
      sources.key,
      excluded,
      timeZones,
      JSON.stringify(libraryPatches),
      ...(await textsOf(patchFolder)),
      await readFile(packer, "utf8"),
      ...(await textsOf(guest)),
      ...(await textsOf(sdkFolder)),
    ],
    make: async (folder) => {
      await shell(timeZones, {
        cwd: folder,
        env: { ZONES: `${toolchain.folder}/build-python/usr/share/zoneinfo` },
      });
      const python = path.join(sources.folder, "python");
      for (const { file, touches } of libraryPatches) {
        await shell(patchLibrary, {
          cwd: folder,
          env: { PYTHON_SOURCE: python, PATCH: path.join(patchFolder, file), FILES: touches.join(" ") },
        });
      }
      // Our own run loop and importer are modules of the library; what lies in guest/library replaces CPython's.
      const layers = [
        path.join(python, "Lib"),
        path.join(folder, "patched", "Lib"),
        path.join(folder, "packages"),
        `${path.join(folder, "packages", "tzdata")}:tzdata`,
        path.join(guest, "_forge_run.py"),
        path.join(guest, "forged"),
        path.join(guest, "library"),
        sdkFolder,
      ];
      const quoted = layers.map((layer) => `"${layer}"`).join(" ");
      await shell(`"${toolchain.python}" "${packer}" library.bin "${excluded}" ${quoted}`, { cwd: folder });
    },
  });
}

const patchLibrary = `
mkdir -p patched
(cd "$PYTHON_SOURCE" && cp --parents $FILES "$OLDPWD/patched")
cd patched && patch -p1 --fuzz=0 < "$PATCH"
`;

/** The layout of the `tzdata` package, which `zoneinfo` asks where there are no system files. */
const timeZones = `
mkdir -p packages/tzdata/zoneinfo
cp -rL "$ZONES/." packages/tzdata/zoneinfo/
cd packages/tzdata
rm -rf zoneinfo/right zoneinfo/posix zoneinfo/localtime zoneinfo/leap* zoneinfo/*.tab zoneinfo/posixrules
find zoneinfo -type f -printf '%P\\n' | grep -v '\\.' | LC_ALL=C sort > zones
find . -type d -exec touch {}/__init__.py ';'
`;

async function textsOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(pyi?|patch)$/.test(entry.name));
  const paths = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return Promise.all(
    paths.map(async (file) => `${path.relative(folder, file)}\n${await readFile(file, "utf8")}`),
  );
}
