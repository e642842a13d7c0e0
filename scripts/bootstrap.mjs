// Makes a clone ready to run: dependencies, packages, interpreter image. Plain Node, because it runs before
// anything is installed. Whatever is up to date is left alone, and then nothing is printed.
//
//   node scripts/bootstrap.mjs              everything
//   node scripts/bootstrap.mjs --no-image   without the interpreter image
//   node scripts/bootstrap.mjs --pages      with the pages of the example server

import { dependenciesStep } from "./bootstrap/dependencies.mjs";
import { imageStep } from "./bootstrap/image.mjs";
import { packagesStep } from "./bootstrap/packages.mjs";
import { pagesStep } from "./bootstrap/pages.mjs";
import { runSteps } from "./bootstrap/run-steps.mjs";

process.exitCode = await runSteps([
  dependenciesStep,
  packagesStep,
  ...(process.argv.includes("--no-image") ? [] : [imageStep]),
  ...(process.argv.includes("--pages") ? [pagesStep] : []),
]);
