import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeSite } from "./site.js";

describeSite("the editor", {}, (site) => {
  const open = async () => {
    const page = await site().visit("/build");
    await page.getByText("No problems").waitFor();
    await page.getByRole("textbox", { name: /The plugin’s code/ }).focus();
    return page;
  };
  /** The text and nothing that typing it would add. */
  const write = async (page: Page, text: string) => {
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(text);
    await page.keyboard.press("Escape");
  };
  const line = (page: Page, text: string) => page.locator(".view-line", { hasText: text });

  it("completes the SDK, and imports what it completes", async () => {
    const page = await open();
    await write(page, "from platform_sdk import call_ai\nsend_");
    await page.keyboard.type("o");
    await page.getByRole("option", { name: /^send_output/ }).waitFor();
    await page.keyboard.press("Enter");
    await line(page, "from platform_sdk import call_ai, send_output").waitFor();
    await line(page, "send_output").nth(1).waitFor();
  });

  it("completes what stands after a dot, where the SDK gave it", async () => {
    const page = await open();
    await write(page, "from platform_sdk import get_file\nfile = get_file()\nfile");
    await page.keyboard.type(".");
    await page.getByRole("option", { name: /^media_type/ }).waitFor();
    await page.keyboard.type("me");
    await page.keyboard.press("Enter");
    await line(page, "file.media_type").waitFor();
  });

  it("says what a call takes while it is written, and what a name means when it is pointed at", async () => {
    const page = await open();
    await write(page, "from platform_sdk import call_ai\nx = call_ai");
    await page.keyboard.type("(");
    const hint = page.locator(".parameter-hints-widget.visible");
    await hint.getByText("Asks a model and returns its answer").waitFor();
    expect(await hint.locator(".parameter.active").textContent()).toBe("model: str");
    await page.keyboard.type('"llava", ');
    await hint.locator(".parameter.active", { hasText: "prompt: str" }).waitFor();
    await write(page, "from platform_sdk import call_ai\n");
    await page.locator(".view-line span span", { hasText: "call_ai" }).last().hover();
    const hover = page.getByRole("tooltip").or(page.locator(".monaco-hover:visible")).first();
    await hover.getByText("Asks a model and returns its answer").waitFor();
  });

  it("underlines problems, lists them, and leads to their lines", async () => {
    const page = await open();
    await write(page, "x = 1\n\n\nif x\n    pass\n");
    await page.locator(".squiggly-error").first().waitFor();
    await page
      .getByRole("region", { name: "Check" })
      .getByRole("button", { name: /line 4/ })
      .click();
    await page.keyboard.press("End");
    await page.keyboard.type(":");
    await page.getByText("No problems").waitFor();
    expect(await page.locator(".squiggly-error").count()).toBe(0);
  });

  it("begins with templates, and asks before one takes the place of work", async () => {
    const page = await open();
    const choose = async (name: string) => {
      await page.getByRole("button", { name: "Templates" }).click();
      await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
    };
    await choose("batch analyze");
    await line(page, "call_ai_many").first().waitFor();
    await page.getByRole("button", { name: "Use the example" }).click();
    await page.getByRole("textbox", { name: /The plugin’s code/ }).focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.insertText("# mine\n");
    await line(page, "# mine").waitFor();
    await choose("translate");
    await page.getByRole("button", { name: "Keep mine" }).click();
    await line(page, "# mine").waitFor();
    await choose("translate");
    await page.getByRole("button", { name: "Replace it" }).click();
    await line(page, "Vietnamese").first().waitFor();
    await page.getByRole("textbox", { name: /The plugin’s code/ }).focus();
    await page.keyboard.press("Control+Z");
    await line(page, "# mine").waitFor();
  });

  it("can be left by the keyboard, and changes its colours with the page's", async () => {
    const page = await open();
    const isIn = () => page.evaluate(() => document.activeElement?.closest(".monaco-editor") !== null);
    await page.keyboard.press("Control+M");
    await page.keyboard.press("Tab");
    expect(await isIn()).toBe(false);
    await page.getByRole("button", { name: /^Colours/ }).click();
    await page.getByRole("button", { name: /^Colours: light/ }).click();
    await page.locator(".monaco-editor.vs-dark").first().waitFor();
  });
});
