import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { describeSite } from "./site.js";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAE0lEQVR4nGP4z8Dwn4GBgYGBAQAd/AP9c0kHmgAAAABJRU5ErkJggg==",
  "base64",
);
const sample = (name: string) => readFileSync(new URL(`../../plugins/${name}.py`, import.meta.url), "utf8");

describeSite("what a plugin is given", {}, (site) => {
  const publish = (name: string, code: string, more: Readonly<Record<string, string>>) =>
    site().server.client.post("/api/plugins/upload", {
      form: { file: new File([code], `${name}.py`), ...more },
    });

  beforeAll(async () => {
    await publish("image_describe", sample("image_describe"), { input_type: "file" });
    await publish("batch_analyze", sample("batch_analyze"), {
      input_type: "json",
      input_hint: '{"task": "Is it good?", "text": ["yes", "no"]}',
    });
    const show = `import json
from platform_sdk import get_input, send_output
send_output(json.dumps([len(get_input()), get_input()]))
`;
    await publish("show", show, { input_type: "file" });
    await publish("echo", show, { input_type: "text", input_hint: "Anything at all" });
  });

  it("is a picture, which is seen before and reaches the model as it is", async () => {
    const { visit, server } = site();
    const page = await visit("/plugins/image_describe");
    expect(await page.getByRole("button", { name: "Run" }).isDisabled()).toBe(true);
    await page.setInputFiles("input[type=file]", { name: "dot.png", mimeType: "image/png", buffer: png });
    const picture = page.getByRole("img", { name: "What the plugin will see" });
    expect(await picture.getAttribute("src")).toBe(`data:image/png;base64,${png.toString("base64")}`);
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("region", { name: "Output" }).getByText("You said:").waitFor();
    const asked = server.models.received.map(({ body }) => JSON.stringify(body));
    expect(asked).toContainEqual(expect.stringContaining(png.toString("base64")));
  });

  it("is a file with text, as its text, and can be another one", async () => {
    const page = await site().visit("/plugins/show");
    const text = 'zwölf\n"Boxkämpfer"\n<b>';
    await page.setInputFiles("input[type=file]", {
      name: "a.txt",
      mimeType: "text/plain",
      buffer: Buffer.from(text),
    });
    await page.getByRole("region", { name: "The beginning of the file" }).getByText("Boxkämpfer").waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText(String(text.length), { exact: true }).waitFor();
    await page.getByRole("button", { name: "Choose another" }).click();
    await page.setInputFiles("input[type=file]", {
      name: "b.bin",
      mimeType: "",
      buffer: Buffer.of(0xff, 0, 1, 2),
    });
    await page.getByText("neither a picture nor text").waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("data:application/octet-stream;base64,/wABAg==").waitFor();
  });

  it("is JSON, which is held to its form before it is sent", async () => {
    const page = await site().visit("/plugins/batch_analyze");
    const input = page.getByLabel("Input (JSON)");
    const run = page.getByRole("button", { name: "Run" });
    await input.fill('{"task": "x",\n "text": nothing}');
    await page.getByText("Line 2, column 10: this is no value").waitFor();
    expect(await run.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Use the example" }).click();
    await page.getByText("This is valid JSON.").waitFor();
    expect(await input.inputValue()).toContain('\n  "task": "Is it good?"');
    await run.click();
    const output = page.getByRole("region", { name: "Output" });
    await output.getByText("results:").waitFor();
    expect(await page.getByRole("button", { name: "JSON" }).getAttribute("aria-pressed")).toBe("true");
    await page.getByRole("button", { name: "Plain" }).click();
    await output.getByText('"analyzed": 2').waitFor();
  });

  it("is text, whole and unchanged, line ends and odd signs included", async () => {
    const { visit, server } = site();
    const page = await visit("/plugins/echo");
    expect(await page.getByLabel("Input").getAttribute("placeholder")).toBe("Anything at all");
    const text = '  first\n\n{"type":"ai_call"}\n\ttab 🙈 \u202e end  ';
    await page.getByLabel("Input").fill(text);
    const before = server.models.received.length;
    await page.keyboard.press("Control+Enter");
    await page.getByLabel("Usage").waitFor();
    const output = page.getByRole("region", { name: "Output" });
    await output.getByRole("button", { name: "Plain" }).click();
    expect(JSON.parse((await output.locator("pre").textContent()) ?? "")).toEqual([[...text].length, text]);
    expect(server.models.received).toHaveLength(before);
  });

  it("is no more than the server takes, which is said before it is sent", async () => {
    const page = await site().visit("/plugins/show");
    const buffer = Buffer.alloc(13_000_000, "x");
    await page.setInputFiles("input[type=file]", { name: "large.txt", mimeType: "text/plain", buffer });
    await page.getByText("This is 13.0 MB for the plugin, and a run takes 12.0 MB.").waitFor();
    expect(await page.getByRole("button", { name: "Run" }).isDisabled()).toBe(true);
  });
});
