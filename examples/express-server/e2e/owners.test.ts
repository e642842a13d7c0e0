import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { adminToken } from "../test/test-server.js";
import { expectNoBarriers } from "./barriers.js";
import { describeSite } from "./site.js";

const code = 'from platform_sdk import send_output\nsend_output("mine")\n';

async function signIn(page: Page, token: string) {
  await page.getByRole("banner").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("dialog").getByLabel("Token").fill(token);
  await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
}

async function issue(page: Page, user: string): Promise<string> {
  await page.getByRole("button", { name: "Issue a token" }).click();
  await page.getByLabel("Whose it is").fill(user);
  await page.getByRole("button", { name: "Issue it" }).click();
  const token = await page
    .getByRole("dialog")
    .getByText(/^wf_\w+/)
    .textContent();
  await page.getByRole("button", { name: "Done" }).click();
  return token ?? "";
}

async function publish(page: Page, name: string) {
  const editor = page.getByRole("textbox", { name: /The plugin’s code/ });
  await editor.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(code);
  await page.getByRole("tab", { name: "Publish" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Publish" }).click();
}

describeSite("a server that asks for tokens", { ADMIN_TOKEN: adminToken }, (site) => {
  it("keeps users and their plugins apart", async () => {
    const { visit, server, expectComplaint } = site();
    expectComplaint(/40[13]/);

    // An administrator signs in, after a slip, and issues tokens for two users.
    const admin = await visit("/plugins");
    await signIn(admin, "wf_not_a_token");
    await admin.getByText("This token is not known here.").waitFor();
    await admin.getByLabel("Token").fill(adminToken);
    await admin.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
    await admin.getByRole("banner").getByRole("button", { name: "admin" }).click();
    await admin.getByRole("link", { name: "Tokens" }).click();
    const tokens = { ada: await issue(admin, "ada"), bob: await issue(admin, "bob") };

    // Ada publishes, and may change what is hers.
    const ada = await visit("/build", { token: tokens.ada });
    await publish(ada, "adas");
    await ada.getByRole("heading", { level: 1, name: "adas" }).waitFor();
    await ada.getByRole("button", { name: "Delete" }).waitFor();
    await ada.getByText("by ada").waitFor();

    // Bob sees it, runs it and reviews it, and that is all.
    const bob = await visit("/plugins", { token: tokens.bob });
    await bob.getByRole("link", { name: "adas" }).click();
    await bob.getByRole("link", { name: "See the source" }).waitFor();
    expect(await bob.getByRole("button", { name: "Delete" }).count()).toBe(0);
    await bob.getByRole("button", { name: "Run" }).click();
    await bob.getByRole("region", { name: "Output" }).getByText("mine").waitFor();
    await bob.getByRole("tab", { name: /^Reviews/ }).click();
    await bob.getByRole("radio", { name: "5 stars" }).check({ force: true });
    await bob.getByRole("button", { name: "Publish" }).click();
    await bob.getByRole("heading", { name: "Your review" }).waitFor();
    await bob.getByRole("tab", { name: "Versions" }).click();
    await bob.getByText("Version 1", { exact: true }).waitFor();
    expect(await bob.getByRole("button", { name: "Bring back" }).count()).toBe(0);

    // He cannot take its name: neither in the form, nor past it, nor delete it.
    await bob.goto("/build");
    await publish(bob, "adas");
    await bob.getByText("A plugin of somebody else has this name").waitFor();
    const asBob = server.client.as(tokens.bob);
    expect((await asBob.upload("adas", code)).status).toBe(403);
    expect((await asBob.delete("/api/plugins/adas")).status).toBe(403);
    expect((await asBob.post("/api/plugins/adas/versions/1/restore")).status).toBe(403);

    // Each has a history of his own; of her plugin Ada sees all.
    const runsOf = (page: Page) => page.getByRole("table", { name: "Runs, newest first" }).getByRole("row");
    await server.client.as(tokens.ada).run("adas");
    await bob.getByRole("navigation").getByRole("link", { name: "Activity" }).click();
    await runsOf(bob).nth(1).waitFor();
    expect(await runsOf(bob).count()).toBe(2);
    await ada.getByRole("navigation").getByRole("link", { name: "Activity" }).click();
    await runsOf(ada).nth(2).waitFor();

    // A review is its author's, and the plugin's owner cannot touch it.
    await ada.goto("/plugins/adas?tab=reviews");
    await ada.getByText("bob", { exact: true }).waitFor();
    await ada.getByRole("heading", { name: "What do you think of it?" }).waitFor();

    // A token that is revoked is good for nothing, from that moment on.
    await admin
      .getByRole("listitem")
      .filter({ hasText: "bob" })
      .getByRole("button", { name: "Revoke" })
      .click();
    await admin.getByRole("button", { name: "Revoke it" }).click();
    await admin.getByRole("listitem").filter({ hasText: "bob" }).getByText("revoked").waitFor();
    await bob.goto("/plugins/adas");
    await bob.getByText("This token was revoked").first().waitFor();
    await bob.getByRole("banner").getByRole("button", { name: "Sign in" }).waitFor();
  });

  it("lets those without a token look, and asks them to sign in for the rest", async () => {
    const { visit, server, expectComplaint } = site();
    expectComplaint(/401/);
    await server.client.as(adminToken).upload("open", code);
    const page = await visit("/plugins/open");
    await page.getByRole("button", { name: "Run" }).click();
    const notice = page.getByRole("main").getByRole("status").filter({ hasText: "You are not signed in" });
    await notice.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("dialog").getByLabel("Token").waitFor();
    await expectNoBarriers(page);
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: /^Reviews/ }).click();
    await page.getByText("Reviews are somebody’s.").waitFor();
    await page.goto("/activity");
    await page.getByRole("heading", { name: "The history is somebody’s" }).waitFor();
    await page.goto("/tokens");
    await page.getByRole("heading", { name: "This is for administrators" }).waitFor();
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).waitFor();
    await expectNoBarriers(page);
    await page.goto("/build");
    await page.getByRole("tab", { name: "Publish" }).click();
    await page.getByText("Plugins belong to somebody").waitFor();
  });

  it("forgets who signed out, and what he saw", async () => {
    const page = await site().visit("/tokens");
    await signIn(page, adminToken);
    await page.getByRole("button", { name: "Issue a token" }).waitFor();
    await page.getByRole("banner").getByRole("button", { name: "admin" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "This is for administrators" }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(adminToken);
  });
});
