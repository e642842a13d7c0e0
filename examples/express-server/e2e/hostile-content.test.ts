import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { describeSite, type Site } from "./site.js";

const script = "globalThis.ran=true;alert(1)";
const markup = `</script><script>${script}</script><img src=x onerror="${script}"><svg onload="${script}"><iframe srcdoc="<script>parent.ran=true</script>"></iframe><style>body{display:none}</style>`;
const marks = "\u202egnp.exe\u2066\u2069\u200f";
const directions = `${marks}\u2028\u0007\u001b[2J`;
const links = `[go](javascript:${script}) [go](data:text/html,<script>${script}</script>) ![x](https://evil.example/x.png) <javascript:${script}>`;
const long = "W".repeat(400);
const stacked = `Z${"\u0310\u0352\u0357\u0351".repeat(20)}`;
const said = `${markup} ${links} ${directions} ${stacked} ${long}`;

/** Says what it was given, and all of the above, in every way in which a plugin can say something. */
const code = `# ${markup}
# ${marks}
import sys
from platform_sdk import *
from platform_sdk import log, progress
said = ${JSON.stringify(said)}
kind = get_input()
print(said); print(said, file=sys.stderr); log("error", said); progress(0.5, said)
try: print(call_ai("llama3.2", said))
except AIError as error: log("info", str(error))
try: call_ai(said[:150], "x")
except AIError as error: log("info", str(error))
if kind == "json": send_output({"constructor": said, "toString": None, "hasOwnProperty": 1, said[:50]: [[[[[said]]]]], "length": -1, "": 1e308})
elif kind == "prototype": send_output({"__proto__": {"ran": 1}})
elif kind == "markdown": send_output("# " + said + "\\n\\n| a | b |\\n|---|---|\\n| " + said.replace("|", "") + " | x |\\n\\n- " + said + "\\n\\n\`\`\`js\\n" + said + "\\n\`\`\`\\n")
elif kind == "html": send_output("<!doctype html><html><body>" + said + "</body></html>")
elif kind == "picture": send_output("data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiLz4=")
elif kind == "much": send_output(("x" * 79 + "\\n") * 12000)
else: raise type(said[:60], (Exception,), {})(said)
`;

const paths = [
  "/",
  "/plugins",
  "/plugins?search=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&tag=%22%3E%3Cscript%3E",
  "/plugins/hostile",
  "/plugins/hostile?tab=reviews",
  "/plugins/hostile?tab=versions",
  "/plugins/hostile?tab=statistics",
  "/plugins/hostile?tab=__proto__",
  "/build/hostile",
  "/models",
  "/activity",
  "/activity/%3Cscript%3E",
  "/tokens",
  "//evil.example/",
  "/%5Cevil.example",
  "/plugins/https:%2f%2fevil.example",
];

/** Nothing of what others wrote has become more than text. */
async function expectHarmless(page: Page, { server }: Site): Promise<void> {
  expect(new URL(page.url()).origin).toBe(server.server.url);
  const found = await page.evaluate(() => ({
    ran: "ran" in globalThis || "ran" in {},
    violations: (globalThis as unknown as { violations: string[] }).violations,
    markup: document.querySelectorAll(
      "iframe, object, embed, base, form[action], main script, main style:not(.monaco-editor style), main svg[onload], img[onerror]",
    ).length,
    links: [...document.querySelectorAll("a[href]")]
      .map((link) => (link as HTMLAnchorElement).protocol)
      .filter((protocol) => !/^(https?|mailto|blob):$/.test(protocol)),
    shown: getComputedStyle(document.body).display,
  }));
  expect(found).toEqual({ ran: false, violations: [], markup: 0, links: [], shown: "block" });
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }
}

async function visit({ visit, server }: Site, path: string): Promise<Page> {
  const page = await visit("/models");
  page.on("dialog", (dialog) => void dialog.dismiss().then(() => page.evaluate("globalThis.ran = true")));
  await page.context().addInitScript(() => {
    const violations: string[] = [];
    Object.assign(globalThis, { violations });
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  });
  await page.goto(server.server.url + path);
  await page.waitForLoadState("networkidle");
  return page;
}

describeSite("what strangers wrote", { MAX_COMPUTE_TIME: "20" }, (site) => {
  beforeAll(async () => {
    const { client } = site().server;
    await client.upload("hostile", code, {
      description: said,
      input_hint: said.slice(0, 450),
      tags: "constructor",
    });
    await client.upload("hostile", code, { description: said, input_hint: said.slice(0, 450) });
    await client.put("/api/plugins/hostile/review", { json: { rating: 1, text: said } });
    await client.post("/api/tokens", {
      json: { user: "constructor", label: said.slice(0, 100), scopes: ["run"] },
    });
    await client.run("hostile");
  });

  it.each(paths)("is text, and harms no page: %s", async (path) => {
    site().expectComplaint(/40[04]/);
    const page = await visit(site(), path);
    await expectHarmless(page, site());
  });

  it.each([
    ["", "figure, pre"],
    ["json", "details"],
    ["prototype", "*"],
    ["markdown", "table"],
    ["html", "pre"],
    ["picture", "*"],
    ["much", "pre"],
  ])("is text as output, whatever it seems to be: %s", async (kind, shownAs) => {
    const page = await visit(site(), "/plugins/hostile");
    await page.getByRole("main").getByRole("textbox").first().fill(kind);
    await page.getByRole("button", { name: /^Run/ }).click();
    await page.getByLabel("Usage").waitFor();
    const output = page.getByRole("region", { name: kind === "" ? "Printed" : "Output" });
    await output.locator(shownAs).first().waitFor();
    await page.locator("main details").evaluateAll((all) => {
      for (const each of all) (each as HTMLDetailsElement).open = true;
    });
    await expectHarmless(page, site());
  });

  it("is text in the history", async () => {
    const page = await visit(site(), "/activity");
    await page.getByRole("table", { name: "Runs, newest first" }).getByRole("link").first().click();
    await page.getByRole("region", { name: "Timeline" }).waitFor();
    await expectHarmless(page, site());
  });
});
