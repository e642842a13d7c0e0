import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { installPackages } from "../test/debian.js";

const programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Undefined where there is none and none can be installed; it has said so. */
export async function launchChromium(): Promise<Browser | undefined> {
  const program = findProgram() ?? (await installProgram());
  if (program === undefined) return undefined;
  // Its own sandbox does not work for root and in containers; it shows nothing but our own pages.
  return chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

function findProgram(): string | undefined {
  const { CHROMIUM } = process.env;
  return [...(CHROMIUM ? [CHROMIUM] : []), ...programs].find((program) => existsSync(program));
}

async function installProgram(): Promise<string | undefined> {
  await installPackages("chromium", "fonts-dejavu-core");
  const program = findProgram();
  if (program === undefined) {
    console.warn(
      "Chromium is not installed and cannot be installed here: the tests of the pages are left out.",
    );
  }
  return program;
}
