import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, root } from "./files-below.js";

/** All but the lists of licences, whose words are others'. */
const pages = filesBelow("").filter((file) => file.endsWith(".md") && !file.endsWith("THIRD_PARTY.md"));

/** What GitHub makes of a heading: its letters in lower case, with hyphens for spaces. */
function anchorsOf(file: string): readonly string[] {
  const text = readFileSync(file, "utf8").replaceAll(/^```.*?^```/gms, "");
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function linksOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), "utf8").replaceAll(/^```.*?^```/gms, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

describe("a link in the documentation", () => {
  it("is looked for in every page", () => {
    expect(pages.length).toBeGreaterThan(30);
    expect(pages.flatMap(linksOf).length).toBeGreaterThan(100);
  });

  it.each(pages)("leads to a file, and to a heading in it, from %s", (page) => {
    for (const link of linksOf(page)) {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? join(root, page) : join(root, dirname(page), path);
      expect(existsSync(target), link).toBe(true);
      expect(relative(root, target), link).not.toMatch(/^\.\./);
      if (anchor !== undefined) {
        expect(statSync(target).isFile(), link).toBe(true);
        expect(anchorsOf(target), link).toContain(anchor);
      }
    }
  });
});
