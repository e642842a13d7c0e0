import { defineConfig } from "tsup";
import { packageBuild } from "../../tsup.base.js";

export default defineConfig(
  packageBuild({
    index: "src/index.ts",
    "mailbox/index": "src/mailbox/index.ts",
    "provider-contract/index": "src/provider-contract/index.ts",
    "text/index": "src/text/index.ts",
  }),
);
