// What is installed with our packages: fixed by hash, under a licence that lets people ship it, and running nothing while
// it is installed.

import { publicPackages } from "../pack.mjs";
import { imageParts } from "./image-parts.mjs";
import { readLock, shippedWith } from "./shipped-packages.mjs";

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

/** @type {Set<string>} */
const problems = new Set();
const lock = readLock();

for (const [path, { link, integrity, resolved }] of Object.entries(lock)) {
  if (!path.includes("node_modules/") || link) continue;
  if (!integrity?.startsWith("sha512-")) problems.add(`package-lock.json has no hash of ${path}.`);
  if (resolved) {
    problems.add(`package-lock.json records where ${path} was fetched from; delete its \`resolved\` lines.`);
  }
}
for (const folder of publicPackages()) {
  const shipped = shippedWith(folder, lock);
  for (const { name, license } of [...shipped, ...imageParts(folder)]) {
    const alternatives = license.replace(/^\((.*)\)$/, "$1").split(" OR ");
    const isAllowed = alternatives.some((all) => all.split(" AND ").every((one) => allowedLicences.has(one)));
    if (!isAllowed) problems.add(`${folder} ships ${name} under "${license}", which nobody has agreed to.`);
  }
  for (const { name } of shipped.filter(({ hasInstallScript }) => hasInstallScript)) {
    problems.add(`${folder} needs ${name}, which runs a script when it is installed.`);
  }
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.size === 0 ? 0 : 1;
