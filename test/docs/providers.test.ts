import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

it.each([
  ["js", "own-provider.mjs"],
  ["ts", "own-provider.test.ts"],
])("docs/guide/providers.md shows the example's %s as it is tested", (language, file) => {
  const shown = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(
    read("docs/guide/providers.md"),
  )?.[1];
  expect(shown).toBe(read(`examples/own-provider/${file}`));
});
