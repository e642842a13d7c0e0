/** Real deltas, spoilt, in a real interpreter. */
import { DeltaError } from "../../../packages/python-runtime/src/delta/delta-error.js";
import type { ForgedArtifact } from "../../../packages/python-runtime/src/forged/artifact.js";
import { forgedRuntime } from "../../../packages/python-runtime/src/platform/runtimes.js";
import { hasImage } from "../../../packages/python-runtime/src/test/image.js";
import { TestSeat } from "../../../packages/python-runtime/src/test/test-seat.js";
import { assert } from "../assert.js";
import { bytesTarget } from "../target.js";

const memoryMb = 32;
const options = { repeatable: { seed: 1, nowMs: 1_750_000_000_000 } };
const sources = [
  "kept = 1",
  "import json, re\nnotes = [json.dumps({'n': i}) for i in range(300)]\npattern = re.compile('n+')",
  "big = bytearray(100_000)\nopen('/dev/null') if False else None",
];

let made: Promise<{ artifact: ForgedArtifact; deltas: readonly Uint8Array[] }> | undefined;

async function make() {
  const artifact = await forgedRuntime().compile({ memoryMb });
  const seat = await TestSeat.open(artifact);
  const deltas: Uint8Array[] = [];
  for (const source of sources) {
    await seat.output(source, options);
    deltas.push(await seat.sleep());
  }
  seat.close();
  return { artifact, deltas };
}

export const resumeTarget = bytesTarget({
  name: "resume",
  about:
    "An instance takes a delta or is as clean as before, and after a reset runs like any other; its guest is not run.",
  reaches: /\/packages\/python-runtime\/src\/(delta|forged|image)\//,
  words: ["wf-delta", new Uint8Array(12), new Uint8Array(64), Uint8Array.from({ length: 8 }, () => 255)],
  async seeds() {
    if (!hasImage) return [];
    made ??= make();
    return (await made).deltas;
  },
  async open() {
    if (!hasImage) return { check() {}, close() {} };
    made ??= make();
    const seat = await TestSeat.open((await made).artifact);
    let count = 0;
    return {
      async check(input) {
        let isTaken = true;
        try {
          seat.resume(input);
        } catch (error) {
          if (!(error instanceof DeltaError)) throw error;
          isTaken = false;
        }
        if (isTaken) await seat.reset();
        count += 1;
        // Of one that was refused nothing may be left, so it needs no reset to be as good as new.
        if (isTaken ? count % 20 === 0 : count % 5 === 0) {
          assert(
            (await seat.output("print(sum(range(1000)))", options)) === "499500\n",
            "the next run is wrong",
          );
          await seat.reset();
        }
      },
      close: () => seat.close(),
    };
  },
});
