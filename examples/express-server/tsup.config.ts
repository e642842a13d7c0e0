import { defineConfig } from "tsup";

/** File by file, so that what runs looks like what was written. */
export default defineConfig({
  entry: ["server/**/*.ts", "server/**/*.{mjs,html}", "!server/**/*.test.ts"],
  outDir: "dist",
  bundle: false,
  format: "esm",
  target: "node20",
  clean: true,
  sourcemap: true,
  // A worker is started from the one, and the other is sent, as they are.
  loader: { ".mjs": "copy", ".html": "copy" },
});
