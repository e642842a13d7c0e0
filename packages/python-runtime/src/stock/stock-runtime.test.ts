import { homedir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeRuntime } from "../conformance/index.js";
import { nodeStock } from "../platform/node-stock.js";
import { StockRuntime } from "./stock-runtime.js";

const noMultiprocessing = "the binary comes without the package multiprocessing";
const testModules =
  "the binary is linked with CPython's own test modules; the sandbox holds them like the rest of it";

describeRuntime(
  {
    name: "stock",
    createRuntime: async () => new StockRuntime(nodeStock),
    hostPaths: [process.cwd(), homedir()],
    lacks: {
      "can be imported and refuses use: multiprocessing.Process(target=print).start()": noMultiprocessing,
      "can be imported and refuses use: multiprocessing.Pool(1)": noMultiprocessing,
      "is no module: _testcapi": testModules,
      "is no module: _testinternalcapi": testModules,
    },
  },
  { describe, it, expect, beforeAll, afterAll },
);
