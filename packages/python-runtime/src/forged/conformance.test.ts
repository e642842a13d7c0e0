import { homedir } from "node:os";
import * as vitest from "vitest";
import { describeRuntime } from "../conformance/index.js";
import { forgedRuntime } from "../platform/runtimes.js";
import { hasImage } from "../test/image.js";

vitest.describe.skipIf(!hasImage)("conformance", () => {
  describeRuntime(
    {
      name: "forged",
      createRuntime: async () => forgedRuntime(),
      keepsMain: true,
      hostPaths: [process.cwd(), homedir()],
    },
    vitest,
  );
});
