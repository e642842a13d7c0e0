// Gets everything ready, and becomes the example server in this very process: whoever stops it stops the server. `npm start`
// runs it with `exec` for the same reason: a shell in between would keep signals to itself.

import { fileURLToPath } from "node:url";
import { dependenciesStep } from "./bootstrap/dependencies.mjs";
import { imageStep } from "./bootstrap/image.mjs";
import { packagesStep } from "./bootstrap/packages.mjs";
import { pagesStep } from "./bootstrap/pages.mjs";
import { runSteps } from "./bootstrap/run-steps.mjs";
import { serverStep } from "./bootstrap/server.mjs";

const example = new URL("../examples/express-server/", import.meta.url);

const code = await runSteps([dependenciesStep, packagesStep, imageStep, pagesStep, serverStep]);
if (code === 0) {
  process.chdir(fileURLToPath(example));
  await import(new URL("dist/main.js", example).href);
} else {
  process.exitCode = code;
}
