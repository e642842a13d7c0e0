import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { expectNoBarriers } from "./barriers.js";
import { describeSite } from "./site.js";

interface Look {
  readonly path: string;
  /** When it is all there. */
  readonly shows: string;
  /** What is done before it is looked at. */
  readonly act?: (page: Page) => Promise<void>;
  /** What the browser's console may say. */
  readonly complaint?: RegExp;
}

const run = async (page: Page) => {
  await page.getByRole("button", { name: /^Run/ }).click();
  await page.getByLabel("Usage").waitFor();
};

const looks: readonly Look[] = [
  { path: "/", shows: "Run Python from people you don’t trust." },
  { path: "/", shows: "Run it", act: run },
  { path: "/plugins", shows: "the first one" },
  { path: "/plugins?search=nothing+at+all", shows: "Nothing like this" },
  { path: "/plugins/well", shows: "Run", act: run },
  { path: "/plugins/badly", shows: "Run", act: run },
  { path: "/plugins/well?tab=reviews", shows: "Polite." },
  { path: "/plugins/well?tab=versions", shows: "Version 2" },
  {
    path: "/plugins/well?tab=versions",
    shows: "Compare",
    act: async (page) => {
      await page.getByRole("button", { name: "Compare" }).click();
      await page.getByRole("dialog").locator(".line-insert").first().waitFor();
    },
  },
  { path: "/plugins/well?tab=statistics", shows: "Runs in the last 30 days" },
  { path: "/plugins/pictures", shows: "Choose a file" },
  { path: "/plugins/values", shows: "Use the example" },
  { path: "/build", shows: "1 model call in the code" },
  { path: "/build", shows: "Try", act: (page) => page.getByRole("tab", { name: "Publish" }).click() },
  {
    path: "/build",
    shows: "Templates",
    act: (page) => page.getByRole("button", { name: "Templates" }).click(),
  },
  { path: "/build/well", shows: "1 model call in the code" },
  { path: "/models", shows: "The model server answers" },
  { path: "/activity", shows: "completed" },
  {
    path: "/activity",
    shows: "completed",
    act: async (page) => {
      await page.getByRole("table", { name: "Runs, newest first" }).getByRole("link").first().click();
      await page.getByRole("region", { name: "Timeline" }).waitFor();
    },
  },
  { path: "/tokens", shows: "program" },
  {
    path: "/tokens",
    shows: "program",
    act: (page) => page.getByRole("button", { name: "Issue a token" }).click(),
  },
  { path: "/plugins/gone", shows: "There is no plugin named gone", complaint: /404/ },
  { path: "/nowhere", shows: "There is no such page" },
];

describeSite("the pages", {}, (site) => {
  beforeAll(async () => {
    const { client } = site().server;
    const sends = (text: string) => `from platform_sdk import *\nsend_output(${JSON.stringify(text)})\n`;
    const about = { description: "the first one", tags: "one,two" };
    await client.upload("well", sends("a"), about);
    await client.upload("well", `${sends("# It went\n\n- well\n")}call_ai("llama3.2", "hello")\n`, about);
    await client.upload("badly", "print('before')\nraise ValueError('no')\n");
    await client.upload("pictures", "pass", { input_type: "file", input_hint: "A picture" });
    await client.upload("values", "pass", { input_type: "json", input_hint: '{"a": 1}' });
    await client.put("/api/plugins/well/review", { json: { rating: 4, text: "Polite." } });
    await client.post("/api/tokens", { json: { user: "robot", label: "program", scopes: ["run"] } });
    await client.run("well");
    await client.run("badly");
  });

  it.each(looks)(
    "are for everybody, in the light, in the dark and on phones: $path, $shows",
    async (look) => {
      const { visit, expectComplaint } = site();
      if (look.complaint !== undefined) expectComplaint(look.complaint);
      const page = await visit(look.path);
      await page.getByRole("main").getByText(look.shows).first().waitFor();
      await look.act?.(page);
      await expectNoBarriers(page);
      expect(await page.title()).toContain("WasmForge");
    },
  );

  it("can be walked through with the keyboard alone", async () => {
    const page = await site().visit("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the content");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Plugins");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Plugins" }).waitFor();
    // A page begins at its beginning, for those who hear it too.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.getByRole("link", { name: "well" }).press("Enter");
    await page.getByRole("tab", { name: "Run" }).press("ArrowRight");
    await page.getByText("Polite.").first().waitFor();
    expect(await focused()).toBe("Reviews (1)");
    await page.keyboard.press("End");
    await page.getByRole("heading", { name: "Runs in the last 30 days" }).waitFor();
  });

  it("are small at first, and bring the editor only where somebody writes", async () => {
    const page = await site().visit("about:blank");
    const sizes = new Map<string, number>();
    page.on("requestfinished", async (request) => {
      const { responseBodySize } = await request.sizes();
      sizes.set(new URL(request.url()).pathname, responseBodySize);
    });
    await page.goto("/", { waitUntil: "networkidle" });
    const first = [...sizes].filter(([path]) => !path.startsWith("/api/"));
    expect(first.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(120_000);
    expect([...sizes.keys()].join()).not.toContain("editor");
    await page.getByRole("link", { name: "Build a plugin" }).click();
    await page.locator(".monaco-editor").first().waitFor();
    expect([...sizes.keys()].join()).toContain("editor");
  });

  it("let nothing in that is not their own", async () => {
    const { server } = site();
    const { headers } = await fetch(server.server.url, { headers: { accept: "text/html" } });
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/unsafe-eval|https?:/);
  });

  it("keep what somebody writes until it is published or thrown away", async () => {
    const page = await site().visit("/build/well");
    const editor = page.getByRole("textbox", { name: /The plugin’s code/ });
    await editor.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.insertText("# a draft\n");
    await page.getByText("There are changes that are not published.").waitFor();
    await page.reload();
    await page.locator(".view-line", { hasText: "# a draft" }).waitFor();
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByRole("button", { name: "Compare" }).first().click();
    await page.getByRole("dialog").locator(".line-insert").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard them" }).click();
    await page.getByText("There are changes that are not published.").waitFor({ state: "detached" });
    await page.reload();
    await page.locator(".view-line", { hasText: "from platform_sdk" }).waitFor();
    expect(await page.locator(".view-line", { hasText: "# a draft" }).count()).toBe(0);
  });

  it("lead from a tag to all that have it, and back to all plugins", async () => {
    const page = await site().visit("/plugins/well");
    await page.getByRole("main").getByRole("link", { name: "two" }).click();
    await page.getByText("1 plugin", { exact: true }).waitFor();
    const tag = page.getByRole("button", { name: /^two/, pressed: true });
    await tag.click();
    await page.getByRole("link", { name: "badly" }).waitFor();
    // One that no plugin has any more can be seen, and let go, like any other.
    await page.goto("/plugins?tag=gone");
    await page.getByText("Nothing like this").waitFor();
    await page.getByRole("button", { name: "gone", pressed: true }).click();
    await page.getByRole("link", { name: "badly" }).waitFor();
  });

  it("run any version, and bring one back", async () => {
    const { visit, server } = site();
    await server.client.upload("twice", "print('one')");
    await server.client.upload("twice", "print('two')");
    const page = await visit("/plugins/twice?tab=versions");
    await page
      .getByRole("listitem")
      .filter({ hasText: "Version 1" })
      .getByRole("link", { name: "Run" })
      .click();
    await page.getByText("This is version 1").waitFor();
    await run(page);
    await page.getByRole("region", { name: "Printed" }).getByText("one").waitFor();
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByRole("button", { name: "Bring back" }).click();
    await page.getByText("version 1", { exact: true }).waitFor();
    expect((await server.client.run("twice")).body.output).toBe("one");
  });
});
