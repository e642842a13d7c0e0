import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(`packages/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    // Unit tests run the sources, so that a test never sees an old build.
    alias: [
      { find: /^@wasmforge\/([a-z-]+)$/, replacement: source("$1/src/index.ts") },
      { find: /^@wasmforge\/([a-z-]+)\/([a-z-]+)$/, replacement: source("$1/src/$2/index.ts") },
      // Threads and processes cannot load TypeScript: this one bundles the sources for them.
      { find: /^\.\/seat-programs\.js$/, replacement: source("core/src/test/seat-programs.ts") },
    ],
  },
  test: {
    include: [
      "packages/*/{src,build,cpython-tests}/**/*.test.ts",
      "{scripts,test,benchmarks,examples}/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**", "packages/python-runtime/image/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", "./scripts/closing-line.ts"],
  },
});
