import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createForge } from "@wasmforge/core";
import { describe, expect, it } from "vitest";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";
import { CONFIGURATIONS } from "../probes/forges.js";
import { type Failure, runProbes } from "../probes/harness.js";
import { readProbeFolder } from "../probes/manifest.js";

const path = fileURLToPath(new URL(".", import.meta.url));
const folder = readProbeFolder(path);
const probes = folder.probes.filter(({ isSlow }) => !isSlow);
describe.each(CONFIGURATIONS)(
  "hostile plugins on the $runtime runtime, each seat a $seat",
  (configuration) => {
    it.skipIf(configuration.runtime === "forged" && !hasImage)(
      "get nothing, leave nothing and stop nothing",
      { timeout: 1_800_000 },
      async () => {
        const results: Failure[] = [];
        await runProbes({ ...folder, probes }, createForge, configuration, (result) => results.push(result));
        expect(results.filter(({ complaints }) => complaints.length > 0)).toEqual([]);
        expect(results).toHaveLength(probes.length);
      },
    );
  },
);

describe("the folder of hostile plugins", () => {
  it("has each script in the manifest, under its family's name", () => {
    const scripts = readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".py"))
      .map((name) => name.slice(0, -".py".length).replace("/", "_"));
    expect(scripts.sort()).toEqual(folder.probes.map(({ id }) => id).sort());
  });
});
