import type { Options } from "tsup";

/** How every package is built: ES modules with types, dependencies left alone. */
export function packageBuild(entry: Record<string, string>): Options {
  return {
    entry,
    format: "esm",
    target: "es2022",
    sourcemap: true,
    clean: true,
    dts: {
      compilerOptions: {
        // tsup sets `baseUrl`, which TypeScript 6 reports. Ends when tsup stops doing so.
        ignoreDeprecations: "6.0",
        // The packages' sources, as seen from a package's folder: types need no other package's `dist`.
        paths: {
          "@wasmforge/bridge/provider-contract": ["../bridge/src/provider-contract/index.ts"],
          "@wasmforge/bridge/mailbox": ["../bridge/src/mailbox/index.ts"],
          "@wasmforge/bridge/text": ["../bridge/src/text/index.ts"],
          "@wasmforge/providers/toolkit": ["../providers/src/toolkit/index.ts"],
          "@wasmforge/*": ["../*/src/index.ts"],
        },
      },
    },
  };
}
