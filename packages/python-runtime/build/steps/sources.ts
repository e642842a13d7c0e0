/** Unpacks the sources, applies Debian's fixes and our patches, and marks the tables that a snapshot leaves out. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { patches, sources } from "../recipe.js";
import { shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";
import { applyFixes, type Source } from "./fixes.js";

export interface Sources {
  readonly python: Stage;
  readonly libraries: Stage;
}

export async function unpackSources(work: string, packages: Stage, recipeFolder: string): Promise<Sources> {
  const { python, ...libraries } = sources;
  const patchFiles = patches.map((patch) => path.join(recipeFolder, "patches", patch.file));
  const texts = await Promise.all(patchFiles.map((file) => readFile(file, "utf8")));
  return {
    libraries: await stage({
      name: "library-sources",
      saying: "unpacking the C libraries' sources",
      work,
      dependsOn: [packages.key, JSON.stringify(libraries)],
      make: async (folder) => {
        for (const [name, source] of Object.entries(libraries)) await unpack(packages, source, folder, name);
      },
    }),
    python: await stage({
      name: "sources",
      saying: `unpacking CPython's source, applying ${python.fixes.length} fixes and ${patches.length} patches`,
      work,
      dependsOn: [packages.key, JSON.stringify(python), ...texts, markColdTables],
      make: async (folder) => {
        await unpack(packages, python, folder, "python");
        const cwd = path.join(folder, "python");
        for (const file of patchFiles) await shell(`patch -p1 --fuzz=0 < "${file}"`, { cwd });
        await shell(markColdTables, { cwd });
      },
    }),
  };
}

async function unpack(packages: Stage, source: Source, folder: string, name: string): Promise<void> {
  const archive = path.join(packages.folder, source.file);
  await shell(`mkdir ${name} && tar xf "${archive}" -C ${name} --strip-components=1`, { cwd: folder });
  await applyFixes(packages.folder, source, path.join(folder, name));
}

/** See native/cold.c, which defers these tables. */
const markColdTables = `
cold() {
  sed -i -E "s/^static const ([^*]*\\[[^]]*\\] = \\{)/static const __attribute__((section(\\"$1\\"))) \\1/" "\${@:2}"
  grep -q "section(\\"$1\\")" "\${@:2}"
}
cold cold_east_asian Modules/cjkcodecs/mappings_*.h
cold cold_unicode Modules/unicodedata_db.h Modules/unicodename_db.h
`;
