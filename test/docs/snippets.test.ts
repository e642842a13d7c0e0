import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createModelServer } from "@wasmforge/model-server";
import { describe, expect, it } from "vitest";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Of each document the programs that must do what they say, from its first on, and what they print. */
const documents: Record<string, readonly { says: RegExp; needsImage?: true; needsModels?: true }[]> = {
  "README.md": [{ says: /^ECHO: Summarize: long text …\n\{\n[^}]* calls: 1,[^}]*\}\n$/ }],
  "packages/bridge/README.md": [{ says: /^call_started\ntokens\ncall_finished\n$/ }],
  "docs/guide/embedding.md": [
    { says: /^completed 6 counting\n$/ },
    { says: /^completed\nfailed: JSONDecodeError in line 2\nstopped: compute\n$/ },
    { says: /^\{ rows: 2, file: 'photo.png' \}\n$/ },
    { says: /^printed thinking\n0.5 half way\n(model: .*\n)+output: ECHO: hello\ncompleted\n$/ },
    { says: /^false \[ 'json', 'os', 'platform_sdk' \] 1\n2:14 import_denied: .*\n4:1 sdk_arguments: .*\n$/ },
  ],
  "docs/guide/models.md": [
    { says: /^loading\nloaded\nYou said: Summarize: a long text\n$/, needsModels: true },
    {
      says: /^judge@1 has other weights\nollama: connected at .*\n {2}summarizer@2 .* available .*\n {2}judge@1 .* not available .*\n$/,
      needsModels: true,
    },
    { says: /^\d+\n$/ },
  ],
  "docs/guide/policy.md": [
    { says: /^ECHO: hi\nmodel_not_allowed\ntoo_many_calls\n$/ },
    { says: /^\[ 'llama3.2:latest', 'mistral:latest' \]\n\[ 'mistral:latest' \]\n$/ },
    { says: /^42\nargument_not_allowed\nargument_not_allowed\n$/ },
    { says: /^prompts must not hold passwords\na trial has one call\n$/ },
  ],
  "docs/guide/sessions.md": [
    { says: /^10\n$/, needsImage: true },
    { says: /^\{'tea': 3, 'fork': 0\}\n\{'tea': 3, 'fork': 1\}\n$/, needsImage: true },
    { says: /^remembered\nsession_refused\n$/, needsImage: true },
  ],
  "docs/guide/telemetry.md": [
    { says: /^acme ask completed llama3.2:latest allowed\n\{ ok: true, records: 1 \}\n$/ },
    { says: /^\[ 'wasmforge.run', 'chat llama3.2:latest' \]\n$/ },
    { says: /^true\n$/ },
  ],
  "docs/guide/tools.md": [
    { says: /^3\n$/ },
    {
      says: /^dinner, reserve: there is no table.*\ndinner, reserve: connect ECONNREFUSED.*\nbad_arguments: .*\ntool_failed: there is no table for so many\ntool_failed: the tool failed.*\n$/,
    },
    { says: /^def lookup\(self, \*, word: str, limit: int = \.\.\.\) -> Any:\n$/ },
  ],
  "docs/guide/runtime.md": [
    { says: /^hello from a sandbox\n$/ },
    { says: /^hello again\n$/, needsImage: true },
  ],
};

const cases = Object.entries(documents).flatMap(([file, programs]) =>
  programs.map((program, index) => ({ file, index, ...program })),
);

function programsOf(file: string): string[] {
  const text = readFileSync(`${root}/${file}`, "utf8");
  return [...text.matchAll(/^```js\n(.*?)^```/gms)].map(([, program = ""]) => program);
}

describe("a program in the documentation", () => {
  it.each(Object.keys(documents))("is run, whichever it is of %s", (file) => {
    expect(programsOf(file)).toHaveLength(documents[file]?.length ?? 0);
  });

  it("is an example, too, where the README begins", () => {
    const example = readFileSync(`${root}/examples/embed/main.mjs`, "utf8");
    expect(example.slice(example.indexOf("\n") + 1)).toBe(programsOf("README.md")[0]);
  });

  for (const { file, index, says, needsImage, needsModels } of cases) {
    it.skipIf(needsImage && !hasImage)(`runs as it stands in ${file} (${index + 1})`, async () => {
      const program = programsOf(file)[index];
      expect(program).toBeDefined();
      await using models = needsModels ? await createModelServer() : undefined;
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module", "--eval", program ?? ""],
        // From here the packages are found as an installed program would find them.
        { cwd: `${root}/examples/embed`, env: { ...process.env, OLLAMA_HOST: models?.url } },
      );
      expect(stdout).toMatch(says);
    });
  }
});
