import { readFileSync } from "node:fs";
import type { ForgeErrorCode, ProviderErrorCode } from "@wasmforge/core";
import { createForge } from "@wasmforge/core";
import { expect, it } from "vitest";

/** The names in the first column of the table below a heading. */
function namesBelow(page: string, heading: string): readonly string[] {
  const text = readFileSync(new URL(`../../docs/guide/${page}`, import.meta.url), "utf8");
  const [, section = ""] = text.split(`## ${heading}\n`);
  const [, table = ""] = section.split(/^\|(?:---\|)+\n/m);
  return table
    .slice(0, table.indexOf("\n\n"))
    .split("\n")
    .flatMap((row) => row.split("|")[1]?.match(/`\w+`/g) ?? [])
    .map((name) => name.slice(1, -1))
    .sort();
}

/** What a refusal of something that does not exist says that there is. */
async function namesIn(refused: Promise<unknown>): Promise<readonly string[]> {
  const error = await refused.then(
    () => expect.fail("an option that does not exist was accepted"),
    (thrown: Error) => thrown,
  );
  const [, names = ""] = error.message.split("there are: ");
  return names.split(", ").sort();
}

it("the page on embedding has a row for every option of a Forge, and for no other", async () => {
  const misspelt = { polcy: {} } as object;
  expect(namesBelow("embedding.md", "Options of a Forge")).toEqual(await namesIn(createForge(misspelt)));
});

it("the page on embedding has a row for every option of a run, and for no other", async () => {
  await using forge = await createForge({ seats: 1 });
  const misspelt = { inptu: "" } as object;
  const names = await namesIn(forge.run({ name: "count", source: "" }, misspelt));
  expect(namesBelow("embedding.md", "What a run is given")).toEqual(names);
});

/** Whoever adds a code is sent here, and from here to the guide. */
const forgeCodes: Readonly<Record<ForgeErrorCode, true>> = {
  audit_failed: true,
  closed: true,
  invalid_options: true,
  overloaded: true,
  replay_mismatch: true,
  runtime_unavailable: true,
  seat_failed: true,
  session_refused: true,
  unsupported: true,
};
const providerCodes: Readonly<Record<ProviderErrorCode, true>> = {
  aborted: true,
  bad_request: true,
  bad_response: true,
  model_not_found: true,
  overloaded: true,
  refused: true,
  timeout: true,
  unauthorized: true,
  unavailable: true,
};

it.each([
  ["a Forge", "embedding.md", "Errors", forgeCodes],
  ["a provider", "providers.md", "What a provider is told, and what it tells", providerCodes],
])("the guide explains every code that an error of %s can have, and no other", (_, page, heading, codes) => {
  expect(namesBelow(page, heading)).toEqual(Object.keys(codes));
});
