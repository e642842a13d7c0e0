import { expect, it } from "vitest";
import { sources } from "../recipe.js";
import { unknownFixes } from "./fixes.js";

it("finds the fixes of security faults that the recipe does not name", () => {
  const series =
    "deb-locations.diff\n#CVE-2025-1.patch\nCVE-2025-2.patch\n50-cve-2025-3.patch\nCVE-2025-4.patch\n";
  expect(unknownFixes(series, ["CVE-2025-2.patch"])).toEqual(["50-cve-2025-3.patch", "CVE-2025-4.patch"]);
});

it("is told each fix once, by a name that leads nowhere else", () => {
  for (const { fixes } of Object.values(sources)) {
    expect(new Set(fixes).size).toBe(fixes.length);
    for (const fix of fixes) expect(fix).toMatch(/^\w[\w.-]*\.patch$/);
  }
});
