/** A server with its pages, and a real browser that looks at them. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { acquireLock } from "../../../scripts/bootstrap/lock.mjs";
import { pagesStep } from "../../../scripts/bootstrap/pages.mjs";
import { startServer, type TestServer } from "../test/test-server.js";
import { launchChromium } from "./chromium.js";

export interface Site {
  readonly server: TestServer;
  /** As when its operator stops it. */
  stopServer(): Promise<void>;
  /** Somebody comes, with a browser of his own that nobody else has used. */
  visit(path: string, visitor?: Visitor): Promise<Page>;
  /** Something that this test means to go wrong, as the browser's console tells it. */
  expectComplaint(complaint: RegExp): void;
}

export interface Visitor extends BrowserContextOptions {
  readonly token?: string;
}

/** Time to install a browser, and to build the pages. */
const setUpMs = 600_000;
/** Where others keep the machine busy. What fails does so when it is sure, not when it is slow. */
const testMs = 300_000;
const waitMs = 90_000;

/** Every test fails that leaves a complaint in the browser's console, or asks another host for something. */
export function describeSite(
  what: string,
  values: Readonly<Record<string, string>>,
  define: (site: () => Site) => void,
): void {
  describe(what, { timeout: testMs }, () => {
    let browser: Browser | undefined;
    let server: TestServer | undefined;
    let contexts: BrowserContext[] = [];
    let complaints: string[] = [];
    let expected: RegExp[] = [];

    beforeAll(async () => {
      browser = await launchChromium();
      if (browser === undefined) return;
      await buildPages();
      server = await startServer(values);
    }, setUpMs);
    const stopServer = async () => {
      const running = server;
      server = undefined;
      await running?.[Symbol.asyncDispose]();
    };
    afterAll(async () => {
      await browser?.close();
      await stopServer();
    });
    beforeEach(({ skip }) => {
      if (browser === undefined) skip("there is no Chromium here");
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === "fail") await keepPictures(task.name, contexts);
      await Promise.all(contexts.map((context) => context.close()));
      const unexpected = complaints.filter((complaint) => !expected.some((each) => each.test(complaint)));
      [contexts, complaints, expected] = [[], [], []];
      expect(unexpected).toEqual([]);
    });

    define(() => {
      if (browser === undefined || server === undefined) throw new Error("The site is not there.");
      return {
        server,
        stopServer,
        visit: visitor(browser, server),
        expectComplaint: (each) => expected.push(each),
      };
    });

    function visitor(from: Browser, { server: { url } }: TestServer): Site["visit"] {
      return async (path, { token, ...options } = {}) => {
        const context = await from.newContext({ baseURL: url, reducedMotion: "reduce", ...options });
        contexts.push(context);
        context.setDefaultTimeout(waitMs);
        if (token !== undefined) {
          await context.addInitScript((kept) => localStorage.setItem("wasmforge.token", kept), token);
        }
        const page = await context.newPage();
        page.on("console", (message) => {
          if (["error", "warning"].includes(message.type()))
            complaints.push(`${message.text()} (${message.location().url})`);
        });
        page.on("pageerror", (error) => complaints.push(String(error)));
        page.on("request", (request) => {
          if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url) {
            complaints.push(`asked another host: ${request.url()}`);
          }
        });
        await page.goto(path);
        return page;
      };
    }
  });
}

/** What was to be seen when a test failed. */
async function keepPictures(test: string, contexts: readonly BrowserContext[]): Promise<void> {
  const name = test.replace(/\W+/g, "-").slice(0, 60);
  for (const [at, page] of contexts.flatMap((context) => context.pages()).entries()) {
    const path = join(tmpdir(), "wasmforge-e2e", `${name}-${at}.png`);
    await page.screenshot({ path }).then(
      () => console.log(`what was to be seen: ${path}`),
      () => {},
    );
  }
}

/** Mostly it was done before the tests began. */
async function buildPages(): Promise<void> {
  if (pagesStep.isUpToDate()) return;
  const release = await acquireLock();
  try {
    if (!pagesStep.isUpToDate()) await pagesStep.run();
  } finally {
    release();
  }
}
