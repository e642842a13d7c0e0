import { expect, it } from "vitest";
import { findNotice } from "./find-notice.js";
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
