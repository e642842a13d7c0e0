import { expect, it } from "vitest";
import { adminToken } from "../test/test-server.js";
import { findNotice } from "./find-notice.js";
import { describeSite } from "./site.js";

const asks = `from platform_sdk import call_ai, send_output
send_output(call_ai("llama3.2", "hello"))
`;

/** Longer than any test takes, however slow the machine. */
const patience = {
  MAX_EXECUTION_TIME: "900",
  MAX_COMPUTE_TIME: "900",
  MAX_QUEUE_TIME: "900",
};
const waits = "import time\ntime.sleep(800)\n";

/** Whoever is on the server's own machine may ask as often as he likes; these are others. */
const busy = {
  ...patience,
  ADMIN_TOKEN: adminToken,
  ANONYMOUS_ACCESS: "run",
  SEATS: "1",
  MAX_QUEUED_RUNS: "1",
  RATE_LIMIT_RUNS: "2",
};

describeSite("a model server that is gone", {}, (site) => {
  it("is told of where its models are wanted", async () => {
    const { visit, server } = site();
    await server.client.upload("asks", asks);
    await server.models.close();
    const page = await visit("/plugins/asks");
    await page.getByRole("button", { name: "Run" }).click();
    await findNotice(page, "A model call was refused or failed", /unavailable/);
    const call = page.getByRole("region", { name: "Timeline" }).getByRole("listitem").nth(2);
    await call.getByText("Failed: the model server cannot be reached").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Models" }).click();
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByText("The model server does not answer").waitFor();
  });
});

describeSite("a model server that was never there", { OLLAMA_BASE_URL: "http://127.0.0.1:9" }, (site) => {
  it("is stood in for by a demonstration, which says that it is one", async () => {
    const page = await site().visit("/");
    await page.getByText("The models are a demonstration").waitFor();
    await page.getByRole("button", { name: "Run it" }).click();
    await page.getByRole("region", { name: "Output" }).getByText("Demo answer").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Models" }).click();
    await page.getByText("No model server is in reach").waitFor();
    await page
      .getByRole("listitem")
      .filter({ hasText: "llava" })
      .getByText("demo", { exact: true })
      .waitFor();
  });
});

describeSite("a server that has too much to do", busy, (site) => {
  it("says when to try again", async () => {
    const { visit, server, expectComplaint } = site();
    expectComplaint(/503|429/);
    const others = server.client.as(adminToken);
    await others.upload("waits", waits);
    const page = await visit("/plugins/waits");
    const leaving = new AbortController();
    const running = others.stream({ plugin_name: "waits" }, leaving.signal);
    expect(await running.next()).toMatchObject({ value: { type: "started" } });
    const waiting = others.stream({ plugin_name: "waits" }, leaving.signal);
    expect(await waiting.next()).toMatchObject({ value: { type: "queued" } });
    const run = async () => {
      const answer = page.waitForResponse("**/run/stream");
      await page.getByRole("button", { name: "Run" }).click();
      return (await answer).status();
    };
    expect(await run()).toBe(503);
    await page.getByText("The server is busy").waitFor();
    await page.getByText("Try again in a second.").waitFor();
    // As many in a minute are too many, however long the minute is in coming.
    while ((await run()) !== 429);
    await page.getByText("Too many requests").waitFor();
    await page.getByText(/Try again in \d+ seconds\./).waitFor();
    leaving.abort();
  });
});

describeSite("a server that goes away", { ...patience, SHUTDOWN_TIME: "0" }, (site) => {
  it("is missed at once, and its pages say so", async () => {
    const { visit, server, stopServer, expectComplaint } = site();
    expectComplaint(/ERR_|Failed to fetch|Unable to preload/);
    await server.client.upload("waits", waits);
    const page = await visit("/plugins/waits");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("region", { name: "Timeline" }).waitFor();
    await stopServer();
    await page.getByText(/the server was being stopped|The connection was lost/).waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("The server cannot be reached.").first().waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Activity" }).click();
    await page
      .getByText(/could not be (loaded|shown)/)
      .first()
      .waitFor();
  });
});
