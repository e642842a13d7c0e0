import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, runProgram, tool } from "../run-program.mjs";
import { StepFailed } from "./step.mjs";

const recipe = join(root, "packages/python-runtime/build/main.ts");
/** The recipe's exit code for "cannot be done on this machine": it has said so, and the fallback runtime works. */
const notPossibleHere = 3;

/** @type {import("./step.mjs").Step} */
export const imageStep = {
  // Only the recipe can tell whether its image is current; asked again for a current one, it ends at once.
  isUpToDate: () => !existsSync(recipe) || process.env.WASMFORGE_RUNTIME === "stock",

  async run() {
    const { code } = await runProgram(tool("tsx"), [recipe], { show: "always" });
    if (code !== 0 && code !== notPossibleHere) {
      throw new StepFailed(
        "Building the interpreter image failed; the reason is above. Run `npm run build:python` to try again, " +
          "or set WASMFORGE_RUNTIME=stock to go on with the slower fallback runtime.",
      );
    }
  },
};
