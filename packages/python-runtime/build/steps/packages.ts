/** Fetches the sources and the build tools through apt, which checks their signatures. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { NotPossibleHere } from "../not-possible-here.js";
import { binaryPackages, sources, tools } from "../recipe.js";
import { output, shell } from "../shell.js";
import { type Stage, stage } from "../stage.js";
import { debianArchive } from "./fixes.js";

/** Debian's own keys, on every Debian; sources are accepted only with their signature. */
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

export async function fetchPackages(work: string): Promise<Stage> {
  return stage({
    name: "packages",
    saying: "fetching CPython's source and the WASI C library from Debian (50 MB)",
    work,
    dependsOn: [JSON.stringify(sources), JSON.stringify(binaryPackages)],
    make: async (folder) => {
      const options = await privateAptOptions(folder);
      await shell(`apt-get ${options} update -q`, { cwd: folder });
      const binaries = binaryPackages.map(({ name, suite }) => `${name}/${suite}`).join(" ");
      const sourceNames = Object.values(sources)
        .map((source) => `${source.package}/trixie`)
        .join(" ");
      await shell(`apt-get ${options} download -q ${binaries}`, { cwd: folder });
      await shell(`apt-get ${options} source -q --download-only ${sourceNames}`, { cwd: folder });
      await checkSources(folder);
    },
  });
}

/** Installs the compilers where they are missing. */
export async function installTools(work: string): Promise<void> {
  const missing = [];
  for (const tool of tools) {
    if (!(await isOnPath(tool.command))) missing.push(tool.package);
  }
  if (missing.length === 0) return;
  if (!(await isOnPath("apt-get"))) {
    throw new NotPossibleHere(
      "it needs Debian's apt-get",
      `Build it on Debian 12 and copy packages/python-runtime/image.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new NotPossibleHere(
      `these Debian packages are missing and installing them needs root: ${missing.join(" ")}`,
      `Run \`apt-get install ${missing.join(" ")}\` as root, then \`npm run build:python\`.`,
    );
  }
  await mkdir(work, { recursive: true });
  process.stdout.write(`  installing compilers from Debian (${missing.join(" ")}; 100 MB, once) … `);
  await shell(
    `apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends ${missing.join(" ")}`,
    { cwd: work },
  );
  process.stdout.write("done\n");
}

/** An apt of our own: it reads the machine's mirror and nothing else of its configuration, and changes nothing. */
async function privateAptOptions(folder: string): Promise<string> {
  const mirror = await debianMirror();
  await mkdir(path.join(folder, "lists", "partial"), { recursive: true });
  const list = path.join(folder, "debian.sources");
  await writeFile(
    list,
    `Types: deb deb-src\nURIs: ${mirror}\nSuites: trixie bookworm\nComponents: main\nSigned-By: ${keyring}\n`,
  );
  return [
    `-oDir::Etc::sourcelist=${list}`,
    "-oDir::Etc::sourceparts=/nonexistent",
    `-oDir::State::Lists=${folder}/lists`,
    `-oDir::Cache::pkgcache=`,
    `-oDir::Cache::srcpkgcache=`,
    "-oAPT::Sandbox::User=root",
    "-oAPT::Get::Only-Source=true",
  ].join(" ");
}

async function debianMirror(): Promise<string> {
  const cure = "Build it on Debian 12 and copy packages/python-runtime/image.";
  const targets = await output("apt-get", [
    "indextargets",
    "--format",
    "$(REPO_URI) $(CODENAME) $(COMPONENT)",
    "Created-By: Packages",
  ]).catch(() => {
    throw new NotPossibleHere("it needs Debian's apt-get", cure);
  });
  const debian = targets
    .split("\n")
    .map((line) => line.split(" "))
    .find(
      ([uri, codename, component]) =>
        uri && component === "main" && /^(bookworm|trixie)$/.test(codename ?? ""),
    );
  if (!debian?.[0]) throw new NotPossibleHere("apt knows no Debian mirror", cure);
  return debian[0];
}

async function checkSources(folder: string): Promise<void> {
  for (const source of Object.values(sources)) {
    const actual = await sha256Of(path.join(folder, source.file)).catch(() => "absent");
    if (actual !== source.sha256) {
      throw new Error(
        `${source.file} is not the source that the recipe was made for (sha256 ${actual}, expected ${source.sha256}). ` +
          "If Debian has moved on, review the new source and update build/recipe.ts.",
      );
    }
  }
}

/** Every input by file name, for the manifest. */
export async function inputHashes(packagesFolder: string): Promise<Record<string, string>> {
  const binaries = (await readdir(packagesFolder)).filter((file) => file.endsWith(".deb"));
  const fixed = Object.values(sources).filter((source) => source.fixes.length > 0);
  const wanted = [
    ...binaries,
    ...Object.values(sources).map((source) => source.file),
    ...(await Promise.all(fixed.map((source) => debianArchive(packagesFolder, source)))),
  ].sort();
  return Object.fromEntries(
    await Promise.all(
      wanted.map(async (file) => [file, await sha256Of(path.join(packagesFolder, file))] as const),
    ),
  );
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

async function isOnPath(command: string): Promise<boolean> {
  return output("bash", ["-c", `command -v ${command}`]).then(
    () => true,
    () => false,
  );
}
