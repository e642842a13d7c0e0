import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Of each document the programs that must do what they say, from its first on, and what they print. */
const documents: Record<string, readonly { says: RegExp; needsImage?: true }[]> = {
  "README.md": [{ says: /^hello from Python 3\n\{ kind: 'completed' \}\n$/ }],
  "docs/guide/runtime.md": [
    { says: /^hello from a sandbox\n$/ },
    { says: /^hello again\n$/, needsImage: true },
  ],
};
const hasImage = existsSync(`${root}/packages/python-runtime/image/manifest.json`);

const cases = Object.entries(documents).flatMap(([file, programs]) =>
  programs.map((program, index) => ({ file, index, ...program })),
);

describe("a program in the documentation", () => {
  for (const { file, index, says, needsImage } of cases) {
    it.skipIf(needsImage && !hasImage)(`runs as it stands in ${file} (${index + 1})`, async () => {
      const programs = [...readFileSync(`${root}/${file}`, "utf8").matchAll(/^```js\n(.*?)^```/gms)];
      const program = programs[index]?.[1];
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
