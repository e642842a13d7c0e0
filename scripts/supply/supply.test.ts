import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicPackages } from "../pack.mjs";
import { root } from "../run-program.mjs";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { findProblems } from "./find-problems.mjs";
import { imageParts } from "./image-parts.mjs";
import { shippedWith } from "./shipped-packages.mjs";
import { thirdPartyList } from "./third-party-list.mjs";

const integrity = "sha512-AAAA";

it("finds each dependency where Node would", () => {
  const shipped = shippedWith("packages/ours", {
    "packages/ours": {
      name: "ours",
      version: "1.0.0",
      license: "MIT",
      dependencies: { a: "^1.0.0", b: "^2.0.0" },
    },
    "node_modules/a": { version: "1.5.0", license: "MIT", integrity, dependencies: { b: "^1.0.0" } },
    "node_modules/a/node_modules/b": { version: "1.9.0", license: "ISC", integrity },
    "node_modules/b": { resolved: "packages/b", link: true },
    "packages/b": { name: "b", version: "2.0.0", license: "MIT", optionalDependencies: { a: "^1.0.0" } },
    "node_modules/unused": { version: "9.0.0", license: "GPL-3.0-only", integrity },
  });
  expect(shipped.map(({ name, version }) => `${name}@${version}`)).toEqual([
    "ours@1.0.0",
    "a@1.5.0",
    "b@2.0.0",
    "b@1.9.0",
  ]);
  expect(shipped[1]?.needs).toEqual(["b@1.9.0"]);
});

it("says so when the lock file lacks something", () => {
  expect(() => shippedWith("packages/ours", { "packages/ours": { dependencies: { gone: "1" } } })).toThrow(
    "package-lock.json does not have gone, which packages/ours needs",
  );
});

it.each(publicPackages())("lists for %s what npm would install with it", (folder) => {
  const listed = execFileSync(
    "npm",
    ["ls", "--all", "--omit=dev", "--omit=peer", "--parseable", "--package-lock-only", "--workspace", folder],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const names = listed
    .split("\n")
    .flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)$/)?.[1] ?? [])
    .filter((name) => !name.startsWith("@wasmforge/"));
  const { components, dependencies } = billOfMaterials(folder);
  const external = components.filter(
    ({ purl }) => purl.startsWith("pkg:npm/") && !purl.includes("wasmforge"),
  );
  expect(external.map(({ name }) => name)).toEqual([...new Set(names)].toSorted());
  for (const component of external) expect(component).toMatchObject({ hashes: [{ alg: "SHA-512" }] });
  const known = new Set(dependencies.flatMap(({ dependsOn }) => dependsOn));
  for (const component of components) expect(known).toContain(component["bom-ref"]);
});

it.runIf(imageParts("packages/python-runtime").length > 0)(
  "tells which faults of an old release are mended",
  () => {
    const { components } = billOfMaterials("packages/python-runtime");
    const python = components.find(({ name }) => name === "python3.13");
    expect(JSON.stringify(python)).toContain('"resolves":[{"type":"security","id":"CVE-2025-8194"}]');
  },
);

it("names for people whose work comes with a package", () => {
  const list = thirdPartyList("packages/core");
  expect(list).toMatch(/^\| zod \| \d+\.\d+\.\d+ \| MIT \|$/m);
  expect(list).not.toContain("vitest");
});

describe("what ships", () => {
  const withA = (a: object) => ({
    "packages/ours": { name: "ours", version: "1.0.0", license: "MIT", dependencies: { a: "1" } },
    "node_modules/a": { version: "1.0.0", license: "MIT", integrity, ...a },
  });

  it.each([
    [{}, undefined],
    [{ license: "(AFL-2.1 OR BSD-3-Clause)" }, undefined],
    [{ license: "GPL-3.0-only" }, 'ships a under "GPL-3.0-only"'],
    [{ license: "MIT AND GPL-3.0-only" }, "ships a under"],
    [{ license: undefined }, 'ships a under ""'],
    [{ integrity: undefined }, "has no hash of node_modules/a"],
    [{ integrity: "sha1-AAAA" }, "has no hash of node_modules/a"],
    [{ resolved: "somewhere" }, "records where node_modules/a was fetched from"],
    [{ hasInstallScript: true }, "needs a, which runs a script"],
  ])("as %j: %s", (a, problem) => {
    const found = findProblems(["packages/ours"], withA(a));
    expect(found).toEqual(problem === undefined ? [] : [expect.stringContaining(problem)]);
  });

  it("is signed where it is published, and published nowhere else", () => {
    for (const folder of publicPackages()) {
      const { publishConfig } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
      expect(publishConfig).toEqual({ access: "public", provenance: true });
    }
    const { ACTIONS_ID_TOKEN_REQUEST_URL: _, ...environment } = process.env;
    const released = spawnSync(process.execPath, ["scripts/release.mjs"], {
      cwd: root,
      env: environment,
      encoding: "utf8",
    });
    expect(released.status).toBe(1);
    expect(released.stderr).toContain("Nobody can sign here");
  });
});
