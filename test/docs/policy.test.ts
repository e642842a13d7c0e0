import { readFileSync } from "node:fs";
import { parsePolicy } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";

const page = readFileSync(new URL("../../docs/guide/policy.md", import.meta.url), "utf8");

describe("the page on policies", () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \|.*\| (.+?) \|$/gm)].map(([, name, value]) => [name, value]);

  it("has a row for every field, with its default", () => {
    const { maxCallsPerMinute, ...policy } = parsePolicy();
    const counts = Object.entries(policy).filter(([, value]) => typeof value === "number");
    const { plugin, tenant } = maxCallsPerMinute;
    const said = new Map(rows as [string, string][]);
    for (const [name, value] of counts)
      expect([name, said.get(name)]).toEqual([name, value.toLocaleString("en")]);
    expect(said.get("maxCallsPerMinute")).toBe(
      `${plugin.toLocaleString("en")}, ${tenant.toLocaleString("en")}`,
    );
    expect([said.get("models"), said.get("tools"), said.get("imports")]).toEqual(["none", "none", "all"]);
    expect(said.size).toBe(counts.length + 4);
  });
});
