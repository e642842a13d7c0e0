/** Unpacks the sources, applies our patches and marks the tables that a snapshot leaves out. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { patches, sources } from "../recipe.js";
import { shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";

export async function unpackSources(work: string, packages: Stage, recipeFolder: string): Promise<Stage> {
  const patchFiles = patches.map((patch) => path.join(recipeFolder, "patches", patch.file));
  const texts = await Promise.all(patchFiles.map((file) => readFile(file, "utf8")));
  return stage({
    name: "sources",
    saying: `unpacking the sources and applying ${patches.length} patches`,
    work,
    dependsOn: [packages.key, ...texts, markColdTables],
    make: async (folder) => {
      for (const [name, source] of Object.entries(sources)) {
        await shell(
          `mkdir ${name} && tar xf "${packages.folder}/${source.file}" -C ${name} --strip-components=1`,
          {
            cwd: folder,
          },
        );
      }
      const python = path.join(folder, "python");
      for (const file of patchFiles) await shell(`patch -p1 --fuzz=0 < "${file}"`, { cwd: python });
      await shell(markColdTables, { cwd: python });
    },
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
