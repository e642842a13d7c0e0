import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Made by tools, or not ours. */
const others = /(^|\/)(node_modules|dist|results|reference|\.git|\.cache)$|^packages\/python-runtime\/image$/;

/** The paths of all files of ours below a folder of the repository, from its root. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return others.test(path) ? [] : filesBelow(path);
  });
}
