import { fileURLToPath } from "node:url";
import { createForge } from "@wasmforge/core";
import { forgedRuntime } from "@wasmforge/python-runtime";
import { describe, expect, it } from "vitest";
import { CONFIGURATIONS } from "./forges.js";
import { type Failure, runProbes } from "./harness.js";
import { readProbeFolder } from "./manifest.js";

const folder = readProbeFolder(fileURLToPath(new URL("./cases", import.meta.url)));
const isForged = await forgedRuntime()
  .image()
  .then(
    () => true,
    () => false,
  );

describe.each(CONFIGURATIONS)(
  "hostile plugins on the $runtime runtime, each seat a $seat",
  (configuration) => {
    it.skipIf(configuration.runtime === "forged" && !isForged)(
      "get nothing, leave nothing and stop nothing",
      { timeout: 600_000 },
      async () => {
        const results: Failure[] = [];
        await runProbes(folder, createForge, configuration, (result) => results.push(result));
        expect(results.filter(({ complaints }) => complaints.length > 0)).toEqual([]);
        expect(results).toHaveLength(folder.probes.length);
      },
    );
  },
);
