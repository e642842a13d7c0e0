import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run-program.mjs";

/**
 * @typedef {object} ImagePart
 * @property {string} name     of Debian's source or binary package
 * @property {string} version
 * @property {string} license
 * @property {string} sha256   of the file that it was taken from
 * @property {readonly string[]} fixes  Debian's patches that were applied to it
 */

/**
 * What the interpreter image in a package was built from and contains; nothing where the package has no image.
 *
 * @param {string} folder  of the package
 * @returns {ImagePart[]}
 */
export function imageParts(folder) {
  const manifest = join(root, folder, "image/manifest.json");
  if (!existsSync(manifest)) return [];
  /** @type {{ licences: Record<string, string>, inputs: Record<string, string>, fixes: Record<string, string[]> }} */
  const { licences, inputs, fixes } = JSON.parse(readFileSync(manifest, "utf8"));
  return Object.entries(licences).map(([name, license]) => {
    const input = Object.entries(inputs).find(
      ([file]) => file.startsWith(`${name}_`) && !file.includes(".debian.tar."),
    );
    if (!input) throw new Error(`the image has a licence of ${name}, but no file that it came from`);
    const [file, sha256] = input;
    const version = file.slice(name.length + 1).replace(/(\.orig\.tar\.\w+|_\w+\.deb)$/, "");
    return { name, version: decodeURIComponent(version), license, sha256, fixes: fixes[name] ?? [] };
  });
}
