import { defineConfig } from "tsup";
import { packageBuild } from "../../tsup.base.js";

export default defineConfig(
  packageBuild({
    index: "src/index.ts",
    wasmforge: "src/platform/command-line.ts",
    // Threads and processes begin with these: see platform/seat-programs.ts.
    "seat-process": "src/platform/seat-process.ts",
    "seat-thread": "src/platform/seat-thread.ts",
  }),
);
