/** Unpacks the sources, applies our patches and marks the tables that a snapshot leaves out. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { patches, sources } from "../recipe.js";
import { shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";

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
      dependsOn: [packages.key],
      make: async (folder) => {
        for (const [name, { file }] of Object.entries(libraries)) await unpack(packages, file, folder, name);
      },
    }),
    python: await stage({
      name: "sources",
      saying: `unpacking CPython's source and applying ${patches.length} patches`,
      work,
      dependsOn: [packages.key, ...texts, markColdTables],
      make: async (folder) => {
        await unpack(packages, python.file, folder, "python");
        const cwd = path.join(folder, "python");
        for (const file of patchFiles) await shell(`patch -p1 --fuzz=0 < "${file}"`, { cwd });
        await shell(markColdTables, { cwd });
      },
    }),
  };
}

function unpack(packages: Stage, file: string, folder: string, name: string): Promise<void> {
  return shell(`mkdir ${name} && tar xf "${packages.folder}/${file}" -C ${name} --strip-components=1`, {
    cwd: folder,
  });
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
