import { imageParts } from "./image-parts.mjs";
import { shippedWith } from "./shipped-packages.mjs";

/** @import { ImagePart } from "./image-parts.mjs" */
/** @import { ShippedPackage } from "./shipped-packages.mjs" */

/**
 * A package and all that is installed with it, as CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json. It has no time and no
 * serial number, so that the same contents make the same bytes.
 *
 * @param {string} folder  of the package
 */
export function billOfMaterials(folder) {
  const [own, ...others] = shippedWith(folder);
  if (!own) throw new Error(`there is no package in ${folder}`);
  const parts = imageParts(folder);
  const sorted = others.toSorted((a, b) => refOf(a).localeCompare(refOf(b)));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: npmComponent(own) },
    components: [...sorted.map(npmComponent), ...parts.map(imageComponent)],
    dependencies: [
      { ref: refOf(own), dependsOn: [...own.needs, ...parts.map(refOf)] },
      ...sorted.map((one) => ({ ref: refOf(one), dependsOn: one.needs })),
    ],
  };
}

/** @param {{ name: string, version: string }} component */
const refOf = ({ name, version }) => `${name}@${version}`;

/** @param {ShippedPackage} shipped */
function npmComponent(shipped) {
  const { name, version, license, integrity } = shipped;
  const digest = integrity?.replace(/^sha512-/, "");
  return {
    type: "library",
    "bom-ref": refOf(shipped),
    name,
    version,
    licenses: [{ expression: license }],
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    ...(digest && {
      hashes: [{ alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") }],
    }),
  };
}

/** @param {ImagePart} part */
function imageComponent(part) {
  const { name, version, license, sha256, fixes } = part;
  return {
    type: "library",
    "bom-ref": refOf(part),
    name,
    version,
    licenses: [{ expression: license }],
    purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}`,
    hashes: [{ alg: "SHA-256", content: sha256 }],
    ...(fixes.length > 0 && { pedigree: { patches: fixes.map(backport) } }),
  };
}

/**
 * So that whoever compares versions with lists of faults sees which are mended.
 *
 * @param {string} fix
 */
function backport(fix) {
  const faults = [...new Set(fix.match(/CVE-\d+-\d+/g))];
  return {
    type: "backport",
    diff: { url: `debian/patches/${fix}` },
    ...(faults.length > 0 && { resolves: faults.map((id) => ({ type: "security", id })) }),
  };
}
