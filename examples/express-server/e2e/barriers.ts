import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const large = { width: 1280, height: 800 };
const small = { width: 360, height: 740 };
const eyes = [
  { colorScheme: "light", size: large },
  { colorScheme: "dark", size: large },
  { colorScheme: "light", size: small },
  { colorScheme: "dark", size: small },
] as const;

/** What a page shows at this moment is for everybody: in the light, in the dark, and on phones, where nothing sticks out. */
export async function expectNoBarriers(page: Page): Promise<void> {
  for (const { colorScheme, size } of eyes) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    expect(await findBarriers(page)).toEqual([]);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(tooWide).toBeLessThanOrEqual(0);
    const opened = page.locator(":popover-open, dialog[open]");
    for (const box of await opened.evaluateAll((all) =>
      all.map((each) => each.getBoundingClientRect().toJSON()),
    )) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(size.width);
    }
  }
}

/** What keeps people with a screen reader, a keyboard or weak eyes out, as axe finds it. */
async function findBarriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(where: object): Promise<AxeResult> } };
    // The editor's own inside is its makers'.
    const { violations } = await axe.run({ exclude: [[".monaco-editor"]] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
    );
  });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly {
      readonly html: string;
      readonly any: readonly { readonly message: string }[];
    }[];
  }[];
}
