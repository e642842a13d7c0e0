import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run-program.mjs";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { thirdPartyList } from "./third-party-list.mjs";

/**
 * Puts into a package what comes with it: it is packed with that.
 *
 * @param {string} folder  of the package, for example `packages/core`
 */
export function writeLists(folder) {
  writeFileSync(join(root, folder, "sbom.cdx.json"), `${JSON.stringify(billOfMaterials(folder), null, 2)}\n`);
  writeFileSync(join(root, folder, "THIRD_PARTY.md"), thirdPartyList(folder));
}
