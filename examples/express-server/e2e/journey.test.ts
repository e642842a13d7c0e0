import { expect, it } from "vitest";
import { describeSite } from "./site.js";

const code = `from platform_sdk import call_ai, get_input, send_output

answer = call_ai("llama3.2", "Greet " + get_input())
send_output("# For " + get_input())
send_output(answer)
`;

describeSite("a plugin's way", {}, (site) => {
  it("is written, checked, tried, published, found, run, cancelled, reviewed and deleted", async () => {
    const { visit, server } = site();
    const page = await visit("/");
    await page.getByRole("link", { name: "Build a plugin" }).click();

    // Written: the editor knows the models where one is named.
    const editor = page.getByRole("textbox", { name: /The plugin’s code/ });
    await editor.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("from platform_sdk import call_ai\nx = ");
    await page.keyboard.type('call_ai("');
    await page.getByRole("option", { name: /^llava/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.type('llava")');

    // Checked, while it is written.
    const check = page.getByRole("region", { name: "Check" });
    await check.getByText("call_ai() lacks 'prompt'").waitFor();
    await page.locator(".squiggly-error").first().waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(code);
    await check.getByText("No problems · 1 model call in the code").waitFor();

    // Tried, before anybody else sees it.
    await page.getByLabel("Input").fill("a draft");
    await page.keyboard.press("Control+Enter");
    const output = page.getByRole("region", { name: "Output" });
    await output.getByRole("heading", { name: "For a draft" }).waitFor();
    await output.getByText("You said: Greet a draft").waitFor();
    expect(await server.client.get("/api/plugins/list")).toMatchObject({ body: [] });

    // Published.
    await page.getByRole("tab", { name: "Publish" }).click();
    await page.getByLabel("Name").fill("greeter");
    await page.getByLabel("What it does").fill("Greets whoever is named");
    await page.getByLabel("What to put in").fill("A name");
    await page.getByLabel("Tags").fill("fun, text");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("heading", { level: 1, name: "greeter" }).waitFor();

    // Found.
    await page.getByRole("navigation").getByRole("link", { name: "Plugins" }).click();
    await page.getByLabel("Search").fill("nothing like it");
    await page.getByRole("heading", { name: "Nothing like this" }).waitFor();
    await page.getByLabel("Search").fill("GREETS");
    await page.getByRole("link", { name: "greeter" }).click();

    // Run: what the model says is seen while it says it, and cancelling ends its work.
    await page.getByLabel("Input").fill("Ada");
    server.models.inject({ kind: "stall", afterTokens: 2 });
    await page.getByRole("button", { name: "Run" }).click();
    await output.getByText("llama3.2:latest says").waitFor();
    await output.getByText("You said:").waitFor();
    const timeline = page.getByRole("region", { name: "Timeline" });
    await timeline.getByText("llama3.2:latest").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("The run was ended when you asked for it.").waitFor();
    expect(await server.models.received.at(-1)?.ended).toBe("left");
    await page.getByRole("button", { name: "Run" }).click();
    await output.getByRole("heading", { name: "For Ada" }).waitFor();
    await output.getByText("You said: Greet Ada").waitFor();
    await page.getByLabel("Usage").getByText("Tokens in / out").waitFor();

    // Reviewed.
    await page.getByRole("tab", { name: /^Reviews/ }).click();
    await page.getByRole("radio", { name: "4 stars" }).check({ force: true });
    await page.getByLabel("In words").fill("Polite.\n<b>Very</b> polite.");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("<b>Very</b> polite.").first().waitFor();
    await page.getByRole("tab", { name: "Reviews (1)" }).waitFor();

    // Remembered.
    await page.getByRole("navigation").getByRole("link", { name: "Activity" }).click();
    const runs = page.getByRole("table", { name: "Runs, newest first" });
    await runs.getByRole("row", { name: /greeter.*stopped.*Cancelled/ }).waitFor();
    await runs
      .getByRole("row", { name: /greeter.*completed/ })
      .getByRole("link")
      .click();
    await timeline.getByText("llama3.2:latest").waitFor();

    // Deleted.
    await page.getByRole("link", { name: "greeter" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete it" }).click();
    await page.getByRole("heading", { name: "No plugins yet" }).waitFor();
    expect(await server.client.get("/api/plugins/list")).toMatchObject({ body: [] });
  });
});
