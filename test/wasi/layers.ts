/** The layers that implement preview 1, each with the same world around it. */
import { stockLayer } from "../../packages/python-runtime/src/stock/test/stock-layer.js";
import { createWasi } from "../../packages/python-runtime/src/wasi/create-wasi.js";
import type { WasiFunctions } from "../../packages/python-runtime/src/wasi/functions/signatures.js";
import { TestPowers } from "../../packages/python-runtime/src/wasi/test/test-powers.js";
import { writableTree } from "../../packages/python-runtime/src/wasi/tree/writable-tree.js";
import { forwardingGuest, memoryPages } from "./forwarding-guest.js";
import type { Calls } from "./functions.js";
import { WasiGuest } from "./wasi-guest.js";

export interface Layer {
  readonly name: string;
  /** The fallback's has read-only files, and what it does not know it answers in its own way. */
  readonly isFallback: boolean;
  open(): WasiGuest;
}

const text = (content: string) => new TextEncoder().encode(content);
const granted = { "a.txt": text("hello, world"), "d/x": text("x"), "d/y": text("yy") };
const nowMs = 1_750_000_000_000;

export const layers: readonly Layer[] = [
  { name: "our layer", isFallback: false, open: () => openOurs((imports) => imports as unknown as Calls) },
  {
    name: "our layer under a WebAssembly module",
    isFallback: false,
    open: () => openOurs((imports, memory) => forwardingGuest(imports, memory)),
  },
  { name: "the fallback's layer under a WebAssembly module", isFallback: true, open: openFallback },
];

function openOurs(callsOf: (imports: WasiFunctions, memory: WebAssembly.Memory) => Calls): WasiGuest {
  const memory = new WebAssembly.Memory(memoryPages);
  const wasi = createWasi({ powers: new TestPowers(), memory: () => memory });
  const printed: Uint8Array[] = [];
  wasi.begin({
    print: (_, chunk) => void printed.push(chunk),
    clock: { nowMs },
    random: { seed: 1 },
    files: writableTree({ quotaBytes: 1_000_000, files: granted }),
    args: ["python", "-c"],
    env: { HOME: "/" },
  });
  return new WasiGuest(callsOf(wasi.imports, memory), memory, printed);
}

function openFallback(): WasiGuest {
  const memory = new WebAssembly.Memory(memoryPages);
  const printed: Uint8Array[] = [];
  const imports = stockLayer({
    memory,
    files: granted,
    door: (_, payload) => payload,
    print: (_, chunk) => void printed.push(chunk),
  });
  return new WasiGuest(forwardingGuest(imports, memory), memory, printed);
}
