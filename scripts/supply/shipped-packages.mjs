import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run-program.mjs";

/**
 * @typedef {object} LockedPackage  as package-lock.json has it
 * @property {string} [name]  where the path does not say it
 * @property {string} [version]
 * @property {string} [license]
 * @property {string} [integrity]
 * @property {string} [resolved]
 * @property {boolean} [link]
 * @property {boolean} [hasInstallScript]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * @typedef {object} ShippedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {string | undefined} integrity  none for packages of this repository
 * @property {boolean} hasInstallScript
 * @property {readonly string[]} needs  what it depends on itself, as `name@version`
 */

/** @returns {Record<string, LockedPackage>} */
export function readLock() {
  return JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
}

/**
 * What whoever installs a package of ours gets with it, as the lock file resolves it; the package itself comes first.
 *
 * @param {string} folder  of the package, for example `packages/core`
 * @param {Record<string, LockedPackage>} [lock]
 * @returns {ShippedPackage[]}
 */
export function shippedWith(folder, lock = readLock()) {
  /** @type {Map<string, ShippedPackage>} */
  const found = new Map();
  const waiting = [folder];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (found.has(path)) continue;
    const locked = lock[path] ?? {};
    const needed = Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }).map((name) =>
      locate(name, path, lock),
    );
    found.set(path, {
      ...identityOf(path, lock),
      license: locked.license ?? "",
      integrity: locked.integrity,
      hasInstallScript: locked.hasInstallScript === true,
      needs: needed.map((at) => {
        const { name, version } = identityOf(at, lock);
        return `${name}@${version}`;
      }),
    });
    waiting.push(...needed);
  }
  return [...found.values()];
}

/**
 * Where a package is found by one that depends on it: beside it, or beside one of the folders that it is in.
 *
 * @param {string} name
 * @param {string} from
 * @param {Record<string, LockedPackage>} lock
 */
function locate(name, from, lock) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))) {
    const path = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const locked = lock[path];
    if (locked) return locked.link ? (locked.resolved ?? path) : path;
    if (folder === "") throw new Error(`package-lock.json does not have ${name}, which ${from} needs`);
  }
}

/**
 * @param {string} path
 * @param {Record<string, LockedPackage>} lock
 */
function identityOf(path, lock) {
  const { name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length), version = "" } =
    lock[path] ?? {};
  return { name, version };
}
