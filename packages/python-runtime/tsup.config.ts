import { existsSync } from "node:fs";
import { defineConfig } from "tsup";
import { packageBuild } from "../../tsup.base.js";

const conformance = "src/conformance/index.ts";

export default defineConfig({
  ...packageBuild({
    index: "src/index.ts",
    ...(existsSync(conformance) ? { "conformance/index": conformance } : {}),
  }),
  // Two functions: finding and loading a module of their own takes a short program longer than a run.
  noExternal: ["@wasmforge/bridge/text"],
});
