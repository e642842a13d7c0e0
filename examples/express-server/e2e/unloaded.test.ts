import { it } from "vitest";
import { expectNoBarriers } from "./barriers.js";
import { describeSite } from "./site.js";

describeSite("pages that cannot be loaded say so, and try again", {}, (site) => {
  const pages = [
    {
      path: "/plugins",
      api: "**/api/plugins?**",
      says: "The plugins could not be loaded",
      later: "No plugins yet",
    },
    { path: "/models", api: "**/api/models", says: "The models could not be loaded", later: "llama3.2" },
    {
      path: "/activity",
      api: "**/api/runs?**",
      says: "The runs could not be loaded",
      later: "Nothing has run yet",
    },
    {
      path: "/tokens",
      api: "**/api/tokens",
      says: "The tokens could not be loaded",
      later: "No tokens yet",
    },
  ];

  it.each(pages)("$path", async ({ path, api, says, later }) => {
    const { visit, expectComplaint } = site();
    expectComplaint(/400/);
    // Where nothing of it is loaded yet.
    const page = await visit("/nowhere");
    // An answer that no page asks for again by itself.
    await page.route(api, (route) =>
      route.fulfill({ status: 400, json: { detail: "<i>No</i>, not today." } }),
    );
    await page.evaluate((to) => history.pushState(null, "", to), path);
    const failure = page.getByRole("alert").filter({ hasText: says });
    await failure.getByText("<i>No</i>, not today.").waitFor();
    await expectNoBarriers(page);
    await page.unroute(api);
    await failure.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("main").getByText(later).first().waitFor();
  });

  it("a part that was updated meanwhile", async () => {
    const { visit, expectComplaint } = site();
    expectComplaint(/404|Failed to fetch|Unable to preload/);
    const page = await visit("/");
    await page.route("**/assets/models-page-*", (route) => route.fulfill({ status: 404, body: "" }));
    await page.getByRole("navigation").getByRole("link", { name: "Models" }).click();
    await page.getByText("This page could not be shown").waitFor();
    await page.unroute("**/assets/models-page-*");
    await page.getByRole("button", { name: "Load it again" }).click();
    await page.getByRole("heading", { level: 1, name: "Models" }).waitFor();
  });
});
