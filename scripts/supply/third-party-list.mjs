import { imageParts } from "./image-parts.mjs";
import { shippedWith } from "./shipped-packages.mjs";

/**
 * Whose work comes with a package, for people.
 *
 * @param {string} folder  of the package
 */
export function thirdPartyList(folder) {
  const [own, ...others] = shippedWith(folder);
  const installed = others.filter(({ integrity }) => integrity !== undefined);
  const parts = imageParts(folder);
  return [
    `# What comes with ${own?.name}`,
    "",
    "The same for programs, with hashes: `sbom.cdx.json`.",
    "",
    ...table("Installed with it, from npm:", installed),
    ...table("In the interpreter image, built from Debian's packages:", parts),
    ...(parts.length > 0
      ? [
          "CPython itself incorporates work of others, expat and mpdecimal among them: see *Licenses and",
          "Acknowledgements for Incorporated Software* in its documentation.",
          "",
        ]
      : []),
  ].join("\n");
}

/**
 * @param {string} title
 * @param {readonly { name: string, version: string, license: string }[]} rows
 */
function table(title, rows) {
  if (rows.length === 0) return [];
  const sorted = rows.toSorted((a, b) => a.name.localeCompare(b.name));
  return [
    title,
    "",
    "| name | version | licence |",
    "|---|---|---|",
    ...sorted.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`),
    "",
  ];
}
