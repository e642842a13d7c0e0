import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Each document whose programs must do what they say, and what they print. */
const documents = {
  "README.md": /^hello from Python 3\n\{ kind: 'completed' \}\n$/,
  "docs/guide/runtime.md": /^hello from a sandbox\n$/,
};

describe("a program in the documentation", () => {
  for (const [file, says] of Object.entries(documents)) {
    it(`runs as it stands in ${file}`, async () => {
      const program = /^```js\n(.*?)^```/ms.exec(readFileSync(`${root}/${file}`, "utf8"))?.[1];
      expect(program).toBeDefined();
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module", "--eval", program ?? ""],
        // From here the packages are found as an installed program would find them.
        { cwd: `${root}/examples/embed` },
      );
      expect(stdout).toMatch(says);
    });
  }
});
