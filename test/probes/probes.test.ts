import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Failure, runProbes } from "./harness.js";
import { readProbeFolder } from "./manifest.js";
import { loadRuntime, RUNTIMES } from "./runtimes.js";

const folder = readProbeFolder(fileURLToPath(new URL("./cases", import.meta.url)));

describe.each(RUNTIMES)("hostile plugins on the %s runtime", async (name) => {
  const runtime = await loadRuntime(name).catch((error: Error) => error);

  it.skipIf(name === "forged" && runtime instanceof Error)(
    "get nothing, leave nothing and stop nothing",
    { timeout: 600_000 },
    async () => {
      if (runtime instanceof Error) throw runtime;
      const results: Failure[] = [];
      await runProbes(folder, runtime, (result) => results.push(result));
      expect(results.filter(({ complaints }) => complaints.length > 0)).toEqual([]);
      expect(results).toHaveLength(folder.probes.length);
    },
  );
});
