/** What Debian mends in the sources that it packages. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { sources } from "../recipe.js";
import { shell } from "../shell.js";

export type Source = (typeof sources)[keyof typeof sources];

/** The file with what Debian adds to a source. */
export async function debianArchive(packagesFolder: string, { package: name }: Source): Promise<string> {
  const files = await readdir(packagesFolder);
  const found = files.find((file) => file.startsWith(`${name}_`) && /\.debian\.tar\.\w+$/.test(file));
  if (found === undefined) throw new Error(`apt-get did not bring what Debian adds to ${name}`);
  return found;
}

/** To the unpacked source in `folder`. Says so where Debian has mended more since the recipe was written. */
export async function applyFixes(packagesFolder: string, source: Source, folder: string): Promise<void> {
  const archive = path.join(packagesFolder, await debianArchive(packagesFolder, source));
  const unpacked = `${folder}-debian`;
  await shell(`mkdir ${unpacked} && tar xf "${archive}" -C ${unpacked}`, { cwd: path.dirname(folder) });
  const patches = path.join(unpacked, "debian", "patches");
  for (const fix of source.fixes) await shell(`patch -p1 --fuzz=0 < "${patches}/${fix}"`, { cwd: folder });

  const series = await readFile(path.join(patches, "series"), "utf8").catch(() => "");
  const unknown = unknownFixes(series, source.fixes);
  if (unknown.length > 0)
    console.log(
      `\n  Debian has fixes of ${source.package} that build/recipe.ts does not name: ${unknown.join(" ")}`,
    );
}

export function unknownFixes(series: string, known: readonly string[]): readonly string[] {
  const names = series.split("\n").map((line) => line.trim());
  return names.filter((name) => /^(?!#).*CVE/i.test(name) && !known.includes(name));
}
