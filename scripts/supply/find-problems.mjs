import { imageParts } from "./image-parts.mjs";
import { shippedWith } from "./shipped-packages.mjs";

/** @import { LockedPackage } from "./shipped-packages.mjs" */

const allowedLicences = new Set([
  "0BSD",
  "Apache-2.0",
  "Apache-2.0 WITH LLVM-exception",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "LicenseRef-public-domain",
  "MIT",
  "PSF-2.0",
  "Zlib",
  "blessing",
  "bzip2-1.0.6",
]);

/**
 * What of that which is installed with our packages is not fixed by hash, not under a licence that lets people ship it, or
 * runs something while it is installed.
 *
 * @param {readonly string[]} folders  of the packages
 * @param {Record<string, LockedPackage>} lock
 * @returns {string[]}
 */
export function findProblems(folders, lock) {
  return [...new Set([...problemsOfLock(lock), ...folders.flatMap((folder) => problemsOf(folder, lock))])];
}

/** @param {Record<string, LockedPackage>} lock */
function problemsOfLock(lock) {
  const fetched = Object.entries(lock).filter(([path, { link }]) => path.includes("node_modules/") && !link);
  return [
    ...fetched
      .filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))
      .map(([path]) => `package-lock.json has no hash of ${path}.`),
    ...fetched
      .filter(([, { resolved }]) => resolved)
      .map(
        ([path]) =>
          `package-lock.json records where ${path} was fetched from; delete its \`resolved\` lines.`,
      ),
  ];
}

/**
 * @param {string} folder
 * @param {Record<string, LockedPackage>} lock
 */
function problemsOf(folder, lock) {
  const shipped = shippedWith(folder, lock);
  return [
    ...[...shipped, ...imageParts(folder)]
      .filter(({ license }) => !isAllowed(license))
      .map(({ name, license }) => `${folder} ships ${name} under "${license}", which nobody has agreed to.`),
    ...shipped
      .filter(({ hasInstallScript }) => hasInstallScript)
      .map(({ name }) => `${folder} needs ${name}, which runs a script when it is installed.`),
  ];
}

/** @param {string} license  an SPDX expression without inner brackets */
function isAllowed(license) {
  const alternatives = license.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return alternatives.some((all) => all.split(" AND ").every((one) => allowedLicences.has(one)));
}
