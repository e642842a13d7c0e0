/** Which functions of the interpreter a small plugin's first run calls. */
import { Guest } from "../src/forged/guest.js";
import { type Extent, writeExtents } from "../src/image/memory-image.js";
import { node } from "../src/platform/node.js";
import type { Supplies } from "../src/supplies.js";
import { suppliesOf } from "../src/supplies.js";
import { withMarkedCalls } from "./eager-functions.js";

export interface FirstRunInputs {
  readonly code: Uint8Array;
  readonly snapshot: {
    readonly extents: readonly Extent[];
    readonly pages: number;
    readonly stackPointer: number;
  };
  readonly library: Supplies;
  readonly plugin: Uint8Array;
}

export async function functionsOfFirstRun({
  code,
  snapshot,
  library,
  plugin,
}: FirstRunInputs): Promise<(index: number) => boolean> {
  const memory = new WebAssembly.Memory({ initial: snapshot.pages, maximum: 2 * snapshot.pages });
  const input = '{"items": ["a", "b"], "counts": [1, 2], "note": null}';
  const supplies = suppliesOf({ source: plugin, fileName: "first_run.py", input, maxPrintBytes: 0 });
  let report = "";
  const guest = new Guest({
    module: await WebAssembly.compile(withMarkedCalls(code)),
    memory,
    powers: node.powers,
    door: () => new TextEncoder().encode('{"ok":null}'),
    supply: (name) => supplies(name) ?? library(name),
    end: (bytes) => {
      report = new TextDecoder().decode(bytes);
    },
    pageIn: () => {},
  });
  writeExtents(guest.bytes, snapshot.extents);
  guest.stackPointer = snapshot.stackPointer;
  guest.wasi.begin({ print: () => {}, clock: { nowMs: 0 }, random: { seed: 0 } });
  guest.exports.forge_run();
  if (!report.includes('"completed"')) throw new Error(`the first run failed: ${report}`);
  // The marks lie at the far end of the stack, which a small plugin does not come near.
  const marks = guest.bytes;
  return (index) => marks[index] === 1;
}
