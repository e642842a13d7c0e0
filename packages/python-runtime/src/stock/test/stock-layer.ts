import { WASI } from "@bjorn3/browser_wasi_shim";
import type { InstanceHost } from "../../port.js";
import type { WasiFunctions } from "../../wasi/functions/signatures.js";
import { TestPowers } from "../../wasi/test/test-powers.js";
import type { StockArtifact } from "../artifact.js";
import { Execution } from "../execution.js";
import { overrideSystemCalls } from "../system-calls.js";

export interface StockLayerOptions extends InstanceHost {
  readonly memory: WebAssembly.Memory;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** What a stock interpreter imports, in a run with these files, without the interpreter. */
export function stockLayer({ memory, files, ...host }: StockLayerOptions): WasiFunctions {
  const request = {
    source: "",
    fileName: "p.py",
    input: "",
    maxPrintBytes: 1_000_000,
    files,
    repeatable: { seed: 1, nowMs: 1_750_000_000_000 },
  };
  const artifact = { guestFiles: {}, protocol: "door" } as unknown as StockArtifact;
  const { world } = new Execution(request, artifact, host, new TestPowers());
  const layer = new WASI(["python", "-c"], ["HOME=/"], [], { debug: false });
  layer.fds = world.files;
  layer.inst = { exports: { memory } };
  overrideSystemCalls(
    layer,
    () => memory,
    () => world,
  );
  return layer.wasiImport as unknown as WasiFunctions;
}
