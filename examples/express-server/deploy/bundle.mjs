// Makes a folder that has everything the server needs and nothing else: copied to a machine with Node, it runs there.
// Dependencies are those of the lock file, from this clone's node_modules; our own packages as they would be published.
//
//   node deploy/bundle.mjs FOLDER

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { packPackages } from "../../../scripts/pack.mjs";
import { root, tool } from "../../../scripts/run-program.mjs";

const example = fileURLToPath(new URL("..", import.meta.url));
const image = join(root, "packages/python-runtime/image/manifest.json");

const [given] = process.argv.slice(2);
if (given === undefined) fail("Say where to: node deploy/bundle.mjs FOLDER");
const target = resolve(given);
if (existsSync(target)) fail(`${target} is there already: choose another folder, or remove it.`);
if (!existsSync(image)) {
  console.warn(
    "The interpreter image is not built (npm run build:python): the slower stock interpreter will be used.",
  );
}

try {
  await bundle();
} catch (error) {
  rmSync(target, { recursive: true, force: true });
  throw error;
}

async function bundle() {
  mkdirSync(join(target, "node_modules"), { recursive: true });
  execFileSync(tool("tsup"), ["--out-dir", join(target, "dist"), "--silent"], {
    cwd: example,
    stdio: "inherit",
  });
  cpSync(join(example, "migrations"), join(target, "migrations"), { recursive: true });
  const pages = join(example, "web/dist");
  if (existsSync(pages)) cpSync(pages, join(target, "web/dist"), { recursive: true });
  else console.warn("The pages are not built: the server will have its API, and one page that says so.");
  copyManifest();
  copyDependencies();
  await copyOwnPackages();
}

/** Without what is only needed to work on it. */
function copyManifest() {
  const { name, version, type, license, dependencies } = JSON.parse(
    readFileSync(join(example, "package.json"), "utf8"),
  );
  const manifest = { name, version, private: true, type, license, dependencies };
  writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

function copyDependencies() {
  const listed = execFileSync(
    "npm",
    [
      "ls",
      "--all",
      "--omit=dev",
      "--omit=peer",
      "--parseable",
      "--workspace",
      "@wasmforge/example-express-server",
    ],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const folders = listed.split("\n").map((folder) => relative(root, folder));
  for (const folder of folders.filter(
    (path) => path.startsWith("node_modules/") && !path.includes("@wasmforge/"),
  )) {
    const from = join(root, folder);
    cpSync(from, join(target, folder), { recursive: true, filter: (path) => isNeeded(relative(from, path)) });
  }
}

/** @param {string} path */
function isNeeded(path) {
  // Packages within a package have lines of their own, where they are needed; types and maps are for editors.
  return !path.startsWith("node_modules") && !/\.(map|d\.[cm]?ts)$/.test(path);
}

async function copyOwnPackages() {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  try {
    for (const { name, file } of await packPackages(folder)) {
      const into = join(target, "node_modules", name);
      mkdirSync(into, { recursive: true });
      execFileSync("tar", [
        "--extract",
        "--gzip",
        "--file",
        file,
        "--directory",
        into,
        "--strip-components=1",
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(2);
}
