import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeHead, headBytes, parseDelta } from "../delta/delta.js";
import { pageBytes, wasmPageBytes } from "../image/memory-image.js";
import { forgedRuntime } from "../platform/runtimes.js";
import { openDelta, sealDelta } from "../platform/sealing.js";
import { hasImage } from "../test/image.js";
import type { ResumeAnswer } from "../test/resume-thread.js";
import { TestSeat } from "../test/test-seat.js";
import { nothingCarried } from "../wasi/index.js";
import type { ForgedArtifact } from "./artifact.js";
import { deltaFrame } from "./delta-frame.js";

const memoryMb = 32;
const seal = { owner: "the tenant whose session it was" };

/** What does not end by itself ends then. */
const usualPatienceMs = 2_000;

/** Uses much of the interpreter, so that what is broken in it comes to light. */
const source = `
import gc, json, random, re, sys
notes.append(json.dumps({"turn": len(notes), "all": notes[-3:]}))
pattern.findall(" ".join(notes))
class Local:
    def __init__(self): self.me = self
kept = [Local() for _ in range(100)]
sorted(str(random.random()) for _ in range(100))
try:
    {}["missing"]
except KeyError as error:
    last = error
gc.collect()
open("/nothing") if len(notes) > 1000 else exec("x = [i for i in range(50)]")
print(len(notes), file=sys.stderr)
`;

const wordsOf = (bytes: Uint8Array) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }
}

describe.skipIf(!hasImage)("a delta whose contents are hostile", () => {
  let artifact: ForgedArtifact;
  let good: Uint8Array<ArrayBuffer>;
  let worker: Worker | undefined;
  const seen = new Map<string, number>();

  beforeAll(async () => {
    artifact = await forgedRuntime().compile({ memoryMb });
    const seat = await TestSeat.open(artifact);
    const setUp = "import json, re, random\nnotes = ['n' * i for i in range(40)]\npattern = re.compile('n+')";
    await seat.output(setUp, { repeatable: { seed: 1, nowMs: 1_750_000_000_000 } });
    good = await seat.sleep();
    seat.close();
  });
  afterAll(() => worker?.terminate());

  /** What became of it in a seat that its owner ends when it takes too long. */
  async function resumedInSeat(
    delta: Uint8Array,
    patienceMs = usualPatienceMs,
  ): Promise<ResumeAnswer | "killed"> {
    worker ??= new Worker(new URL("../test/start-resume-thread.mjs", import.meta.url), {
      workerData: { artifact, source },
      execArgv: [],
    });
    const ended = once(worker, "message", { signal: AbortSignal.timeout(patienceMs) });
    worker.postMessage(delta);
    try {
      return (await ended)[0] as ResumeAnswer;
    } catch (error) {
      if ((error as Error).name !== "AbortError") throw error;
      await worker.terminate();
      worker = undefined;
      return "killed";
    }
  }

  /** Whatever it does to itself, it is in ways that a plugin's run can end in, and its seat is as good as before. */
  async function expectHarmless(delta: Uint8Array): Promise<void> {
    const opened = await openDelta(await sealDelta(delta, seal), { ...seal, imageHash: artifact.imageHash });
    const answer = await resumedInSeat(opened);
    const end = answer === "killed" ? answer : answer.end;
    if (typeof end === "string") seen.set(end, (seen.get(end) ?? 0) + 1);
    if (answer === "killed") return;
    expect(["completed", "raised", "exited", "crashed", "stopped"]).toContain(end);
    expect(answer).toMatchObject({ next: '[499500, ["b"]]\n', leftOver: headBytes });
  }

  it("is a good one to begin with", async () => {
    const frame = deltaFrame(artifact);
    expect(parseDelta(good, frame).blocks.length).toBeGreaterThan(5_000);
    expect(await resumedInSeat(good, 30_000)).toMatchObject({ end: "completed", next: '[499500, ["b"]]\n' });
  });

  const blocksOf = (delta: Uint8Array) => parseDelta(delta, deltaFrame(artifact)).blocks;

  const mutations: Record<string, (random: Random, delta: Uint8Array) => void> = {
    "a few bytes are different": (random, delta) => {
      const blocks = blocksOf(delta);
      for (let i = 0; i < 1 + random.below(20); i++) blocks[random.below(blocks.length)] = random.below(256);
    },
    "pointers lead anywhere": (random, delta) => {
      const blocks = blocksOf(delta);
      const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.byteLength);
      for (let i = 0; i < 1 + random.below(200); i++) {
        const anywhere = random.below(2) === 0 ? random.below(2 ** 32) : random.below(memoryMb << 20) & ~3;
        view.setUint32(random.below(blocks.length / 4) * 4, anywhere, true);
      }
    },
    "counts and sizes are absurd": (random, delta) => {
      const blocks = blocksOf(delta);
      const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.byteLength);
      const absurd = [0, 1, 0xffff_ffff, 0x7fff_ffff, 0x8000_0000, 3 << 30];
      for (let i = 0; i < 1 + random.below(100); i++) {
        view.setUint32(random.below(blocks.length / 4) * 4, absurd[random.below(absurd.length)] ?? 0, true);
      }
    },
    "blocks have changed places": (random, delta) => {
      const blocks = blocksOf(delta);
      const count = blocks.length / 64;
      for (let i = 0; i < 1 + random.below(40); i++) {
        blocks.copyWithin(random.below(count) * 64, random.below(count) * 64, random.below(count) * 64);
      }
    },
    "a stretch is noise": (random, delta) => {
      const blocks = blocksOf(delta);
      const start = random.below(blocks.length);
      const end = start + 64 + random.below(4096);
      for (let i = start; i < Math.min(end, blocks.length); i++) blocks[i] = random.below(256);
    },
    "another memory's size and time": (random, delta) => {
      const view = new DataView(delta.buffer, delta.byteOffset);
      view.setUint32(48, artifact.pages * wasmPageBytes + random.below(100) * wasmPageBytes, true);
      view.setUint32(52, random.below(4), true);
      view.setBigUint64(56, BigInt(random.below(2 ** 30)) << BigInt(random.below(33)), true);
      view.setUint32(76, random.below(2 ** 32), true);
    },
  };

  describe.each(Object.entries(mutations))("because %s", (name, mutate) => {
    it.each([1, 2, 3, 4])("harms only itself (seed %i)", async (seed) => {
      const random = new Random(seed * 1000 + name.length);
      for (let round = 0; round < 20; round++) {
        const delta = good.slice();
        mutate(random, delta);
        await expectHarmless(delta);
      }
    });
  });

  /** All of a memory, but what a delta leaves out. */
  function wholeMemory(
    fill: (bytes: Uint8Array) => void,
    memoryBytes = artifact.pages * wasmPageBytes,
  ): Uint8Array {
    const pages: number[] = [];
    for (let page = artifact.stackPointer; page < memoryBytes; page += pageBytes) {
      if (!artifact.tables.some(({ start, end }) => page >= start && page < end)) pages.push(page);
    }
    const delta = new Uint8Array(headBytes + pages.length * (12 + pageBytes));
    const head = { imageHash: artifact.imageHash, memoryBytes, tables: [], carried: nothingCarried };
    encodeHead(delta, head, pages.length);
    const view = new DataView(delta.buffer);
    pages.forEach((page, index) => {
      view.setUint32(headBytes + index * 12, page, true);
      view.setBigUint64(headBytes + index * 12 + 4, 2n ** 64n - 1n, true);
    });
    fill(delta.subarray(headBytes + pages.length * 12));
    return delta;
  }

  it.each([
    ["zeros", (bytes: Uint8Array) => bytes.fill(0)],
    ["ones", (bytes: Uint8Array) => bytes.fill(0xff)],
    ["pointers to itself", (bytes: Uint8Array) => wordsOf(bytes).fill(1 << 21)],
  ])("harms only itself when all of memory is %s", async (_, fill) => {
    await expectHarmless(wholeMemory(fill));
    await expectHarmless(wholeMemory(fill, memoryMb << 20));
  });

  it("harms only itself when all of memory is noise", async () => {
    const random = new Random(99);
    for (let round = 0; round < 5; round++) {
      await expectHarmless(
        wholeMemory((bytes) => {
          for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(256);
        }),
      );
    }
  });

  it("has broken many interpreters, and no seat", () => {
    expect(seen.get("crashed")).toBeGreaterThan(50);
    expect(seen.get("raised")).toBeGreaterThan(0);
    expect(seen.get("completed")).toBeGreaterThan(50);
  });
});

describe.skipIf(!hasImage)("a guest whose memory is broken", () => {
  it.each(["_forge.supply(name)", "_forge.call(name, b'')"])(
    "ends as one that trapped when it gives its host what lies nowhere: %s",
    async (source) => {
      const seat = await TestSeat.open(await forgedRuntime().compile({ memoryMb }));
      // The call makes the text's UTF-8, whose address is then in the object.
      const makeName = "import _forge\nname = 'é' * 10 + str(1)\n_forge.supply(name)\nprint(id(name))";
      const address = Number(await seat.output(makeName));
      const view = new DataView(seat.memory.buffer);
      const utf8 = { lengthAt: address + 20, at: address + 24 };
      expect(view.getUint32(utf8.lengthAt, true)).toBe(21);
      for (const nowhere of [0xffff_fff0, seat.memory.length - 20, seat.memory.length]) {
        const delta = await seat.sleep();
        seat.resume(delta);
        new DataView(seat.memory.buffer).setUint32(utf8.at, nowhere, true);
        const message = "the interpreter trapped: memory access out of bounds";
        expect((await seat.run(source)).end).toEqual({ kind: "crashed", cause: "trap", message });
        await seat.reset();
        seat.resume(delta);
      }
      seat.close();
    },
  );
});
