import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { adminToken } from "../test/test-server.js";
import { expectNoBarriers } from "./barriers.js";
import { describeSite } from "./site.js";

const sdk = "from platform_sdk import call_ai, send_output\n";
const limits = {
  MAX_EXECUTION_TIME: "900",
  MAX_COMPUTE_TIME: "900",
  MAX_MEMORY_MB: "48",
  MAX_OUTPUT_BYTES: "20000",
  MAX_AI_CALLS_PER_EXECUTION: "1",
  MAX_PROMPT_LENGTH: "50",
};

const hurry = { MAX_EXECUTION_TIME: "3", MAX_COMPUTE_TIME: "1" };

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

interface Failure {
  readonly name: string;
  readonly code: string;
  readonly title: string;
  readonly says: RegExp;
}

const failures: readonly Failure[] = [
  {
    name: "raises",
    code: 'def f():\n    raise KeyError("<b>gone</b>")\nf()\n',
    title: "The plugin failed",
    says: /KeyError: '<b>gone<\/b>' \(line 2\)/,
  },
  {
    name: "lacks a module",
    code: "import numpy\n",
    title: "A module is missing",
    says: /ModuleNotFoundError.*numpy.*line 1/,
  },
  { name: "is no Python", code: "def\n", title: "This is not Python yet", says: /SyntaxError/ },
  {
    name: "wants a file",
    code: "open('/etc/passwd')\n",
    title: "The sandbox has no such file or device",
    says: /FileNotFoundError/,
  },
  { name: "gives up", code: "import sys\nsys.exit(3)\n", title: "The plugin gave up", says: /SystemExit: 3/ },
  {
    name: "calls home",
    code: "import socket\nsocket.create_connection(('127.0.0.1', 80))\n",
    title: "The sandbox has no network",
    says: /OSError/,
  },
  {
    name: "eats memory",
    code: "x = []\nwhile True: x.append(bytearray(1_000_000))\n",
    title: "It needed too much memory",
    says: /memory/i,
  },
  {
    name: "never shuts up",
    code: "while True: print('x' * 1000)\n",
    title: "It said too much",
    says: /printed or sent more/,
  },
  {
    name: "wants another model",
    code: `${sdk}call_ai("gpt-5", "hello")\n`,
    title: "A model call was refused or failed",
    says: /model_not_allowed/,
  },
  {
    name: "asks too much",
    code: `${sdk}call_ai("llama3.2", "x" * 51)\n`,
    title: "A model call was refused or failed",
    says: /prompt_too_long/,
  },
  {
    name: "asks too often",
    code: `${sdk}for at in range(2): send_output(call_ai("llama3.2", "hello"))\n`,
    title: "A model call was refused or failed",
    says: /too_many_calls/,
  },
];

async function findNotice(page: Page, title: string, says: RegExp): Promise<void> {
  const main = page.getByRole("main");
  const notice = main.getByRole("alert").or(main.getByRole("status"));
  await notice.filter({ hasText: title }).filter({ hasText: says }).waitFor();
}

describeSite("a run that goes wrong", limits, (site) => {
  it.each(failures)("is explained when it $name", async ({ name, code, title, says }) => {
    const { visit, server } = site();
    await server.client.upload(name, code);
    const page = await visit(`/plugins/${encodeURIComponent(name)}`);
    await page.getByRole("button", { name: "Run" }).click();
    await findNotice(page, title, says);
    await page.getByLabel("Usage").waitFor();
    // The page is as good as before: it can be tried again.
    expect(await page.getByRole("button", { name: "Run" }).isEnabled()).toBe(true);
  });

  it("shows in the timeline which call was refused, and why", async () => {
    const { visit, server } = site();
    await server.client.upload("refused", `${sdk}call_ai("llama3.2", "x" * 51)\n`);
    const page = await visit("/plugins/refused");
    await page.getByRole("button", { name: "Run" }).click();
    const call = page.getByRole("region", { name: "Timeline" }).getByRole("listitem").nth(2);
    await call.getByText("Refused: the prompt is too long").waitFor();
  });

  it("tells of a model server that fails in the midst of an answer", async () => {
    const { visit, server } = site();
    await server.client.upload("asks", `${sdk}send_output(call_ai("llama3.2", "hello"))\n`);
    const page = await visit("/plugins/asks");
    await server.client.run("asks");
    server.models.inject({ kind: "error", afterTokens: 1, message: "out of memory" }, { path: "/api/chat" });
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("A model call was refused or failed").waitFor();
    const call = page.getByRole("region", { name: "Timeline" }).getByRole("listitem").nth(2);
    await call.getByText(/^Failed: /).waitFor();
  });

  it("leads from an error in a draft to its line", async () => {
    const page = await site().visit("/build");
    const editor = page.getByRole("textbox", { name: /The plugin’s code/ });
    await editor.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("x = 1\n\n\nraise ValueError(x)\n");
    await page.keyboard.press("Control+Enter");
    await page.getByText("ValueError: 1 (line 4)").waitFor();
    await page.getByRole("button", { name: "Show line 4" }).click();
    await page.keyboard.type("# here ");
    await page.locator(".view-line", { hasText: "# here raise" }).waitFor();
  });

  it("of a plugin that was deleted meanwhile says so", async () => {
    const { visit, server, expectComplaint } = site();
    expectComplaint(/404/);
    await server.client.upload("gone soon", "pass");
    const page = await visit("/plugins/gone%20soon");
    await page.getByRole("button", { name: "Run" }).waitFor();
    await server.client.delete("/api/plugins/gone%20soon");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("This plugin is gone").waitFor();
  });

  it("shows the page whatever a plugin says to break it", async () => {
    const { visit, server } = site();
    const bomb = `${sdk}send_output("*a* " * 4900)\nsend_output("<img src=x onerror=alert(1)>")\n`;
    await server.client.upload("bomb", bomb, { description: "<script>alert(1)</script>" });
    const page = await visit("/plugins/bomb");
    page.on("dialog", () => expect.unreachable("the plugin ran a script in the page"));
    await page.getByRole("main").getByText("<script>alert(1)</script>").waitFor();
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByLabel("Usage").waitFor();
    await page.getByRole("button", { name: "Markdown" }).click();
    await page.getByRole("button", { name: "Plain" }).click();
    await page.getByText("<img src=x onerror=alert(1)>").waitFor();
    expect(await page.locator("main img").count()).toBe(0);
  });
});

describeSite("a run that has had its time", hurry, (site) => {
  it.each([
    {
      name: "waits for a model that says nothing more",
      code: `${sdk}send_output(call_ai("llama3.2", "hello"))\n`,
      fault: { kind: "stall", afterTokens: 1 } as const,
      title: "It took too long",
      says: /3000 ms/,
    },
    { name: "loops", code: "while True: pass\n", title: "It computed for too long", says: /1000 ms/ },
  ])("is explained when it $name", async ({ name, code, fault, title, says }) => {
    const { visit, server } = site();
    await server.client.upload(name, code);
    const page = await visit(`/plugins/${encodeURIComponent(name)}`);
    if (fault !== undefined) server.models.inject(fault, { path: "/api/chat", times: 2 });
    await page.getByRole("button", { name: "Run" }).click();
    await findNotice(page, title, says);
    server.models.heal();
  });
});

describeSite("a model server that is gone", {}, (site) => {
  it("is told of where its models are wanted", async () => {
    const { visit, server } = site();
    await server.client.upload("asks", `${sdk}send_output(call_ai("llama3.2", "hello"))\n`);
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

describe("pages that cannot be loaded", () => {
  describeSite("say so, and try again", {}, (site) => {
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
      const page = await visit("/");
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
});
