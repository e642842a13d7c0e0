// The layer rule: examples -> core -> python-runtime -> bridge <- providers <- ollama-adapter.

const test = "\\.test\\.ts$|/test/|/fixtures/";

/** Each package, and the packages of ours that it may know. */
const mayKnow = {
  bridge: [],
  "model-server": [],
  providers: ["bridge"],
  "ollama-adapter": ["bridge", "providers"],
  "python-runtime": ["bridge"],
  core: ["python-runtime", "bridge", "providers"],
};

/** Tests may talk to the model server that is made for them; nothing that ships may. */
const testTools = "^packages/model-server/";

const layers = Object.entries(mayKnow).map(([name, known]) => ({
  name: `layer-of-${name}`,
  comment: known.length
    ? `${name} may know only ${known.join(" and ")}`
    : `${name} knows no other package of ours`,
  severity: "error",
  from: { path: `^packages/${name}/` },
  to: {
    path: "^(packages|examples|benchmarks|test|scripts)/",
    // The image's recipe runs in this repository alone, and shares its lock.
    pathNot: [`^packages/(${[name, ...known].join("|")})/`, "^scripts/bootstrap/lock\\.mjs$", testTools],
  },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...layers,
    {
      name: "no-layer",
      comment: "a package that the layer rule does not know: give it its place above",
      severity: "error",
      from: { path: "^packages/", pathNot: `^packages/(${Object.keys(mayKnow).join("|")})/` },
      to: {},
    },
    {
      name: "front-door",
      comment: "another package is entered through what it exports, never through its files",
      severity: "error",
      from: { path: "^(packages|examples)/([^/]+)/" },
      to: {
        path: "^packages/[^/]+/",
        pathNot: [
          "^$1/$2/",
          "^packages/[^/]+/(src|dist)/index\\.",
          "^packages/[^/]+/(src|dist)/(conformance|provider-contract|mailbox|text|toolkit)/index\\.",
          "^packages/[^/]+/python/",
        ],
      },
    },
    {
      name: "no-cycles",
      comment: "files that need each other are one idea or need a third; types count",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "node-only-under-platform",
      comment: "a package's sources run in any JavaScript engine; what needs Node lives under platform/",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: `/platform/|${test}` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-test-in-product",
      comment: "shipped sources must not need a test's files",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: test },
      to: { path: test },
    },
    {
      name: "test-tools-in-tests-only",
      comment: "the model server for tests ships with nothing",
      severity: "error",
      from: { path: "^packages/", pathNot: `${test}|${testTools}` },
      to: { path: testTools },
    },
    {
      name: "no-dev-dependency-in-product",
      comment: "what a package needs when it runs is listed in its own dependencies",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: test },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resolvable",
      comment: "an import that leads nowhere",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/" },
    exclude: { path: "/(dist|dist\\.next|image)/" },
    tsConfig: { fileName: "tsconfig.base.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "default"] },
  },
};
