import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { headBytes } from "../delta/delta.js";
import { forgedRuntime } from "../platform/runtimes.js";
import type { Artifact } from "../port.js";
import { hasImage } from "../test/image.js";
import { TestSeat } from "../test/test-seat.js";

const KB = 1024;

describe.skipIf(!hasImage)("a session", () => {
  let artifact: Artifact;
  let seat: TestSeat;
  let other: TestSeat;

  beforeAll(async () => {
    artifact = await forgedRuntime().compile({ memoryMb: 64 });
    seat = await TestSeat.open(artifact);
    other = await TestSeat.open(await forgedRuntime().compile({ memoryMb: 64 }));
  });
  afterEach(async () => {
    await seat.reset();
    await other.reset();
  });

  /** What a plugin leaves, as a delta. */
  async function sessionAfter(...sources: string[]): Promise<Uint8Array<ArrayBuffer>> {
    for (const source of sources) await seat.output(source);
    return seat.sleep();
  }

  /** What a run prints that goes on from a delta. */
  async function woken(delta: Uint8Array, source: string, where = other): Promise<string> {
    where.resume(delta);
    try {
      return await where.output(source);
    } finally {
      await where.reset();
    }
  }

  it("does not go on from a run that left no memory to tell its error in", async () => {
    await seat.output("x = 1");
    const { end } = await seat.run("kept = []\nwhile True:\n    kept.append(bytearray(10_000))");
    expect(end).toMatchObject({ kind: "raised", error: { type: "MemoryError", line: 3 } });
    expect(seat.checkpoint()).toEqual({ kind: "interrupted" });
  });

  describe("that was put to sleep", () => {
    it("goes on in another instance, of another artifact of the same image", async () => {
      const delta = await sessionAfter(
        "import json, re\nclass Counter:\n  n = 0\n  def up(self):\n    self.n += 1\n    return self.n\ncounter = Counter()",
        "counter.up()\ndef again():\n  return json.dumps([counter.up(), re.findall('b.', 'abc')])",
      );
      expect(await woken(delta, "print(again())")).toBe('[2, ["bc"]]\n');
      expect(await woken(delta, "print(again())", seat)).toBe('[2, ["bc"]]\n');
    });

    it("goes on through any number of sleeps, without growing by them", async () => {
      let delta = await sessionAfter("import json\nturns = []");
      const sizes: number[] = [];
      for (let turn = 0; turn < 40; turn++) {
        const where = turn % 2 === 0 ? other : seat;
        where.resume(delta);
        expect(await where.output("turns.append(json.dumps(len(turns)))\nprint(turns[-1])")).toBe(
          `${turn}\n`,
        );
        delta = await where.sleep();
        sizes.push(delta.length);
      }
      expect((sizes.at(-1) ?? 0) - (sizes[5] ?? 0)).toBeLessThan(16 * KB);
    });

    it("goes on after an exception and after sys.exit", async () => {
      await seat.output("x = 1");
      expect((await seat.run("x = 2\n1/0")).end.kind).toBe("raised");
      const raised = await seat.sleep();
      other.resume(raised);
      expect((await other.run("x += 1\nimport sys; sys.exit(4)")).end).toEqual({ kind: "exited", code: 4 });
      expect(await woken(await other.sleep(), "print(x)")).toBe("3\n");
    });

    it.each([
      ["os._exit", "import os; os._exit(0)", "exited"],
      ["an abort", "import os; os.abort()", "crashed"],
      ["a stop", "print('x' * 200_000, flush=True)", "stopped"],
    ])("cannot go on where it was interrupted by %s", async (_, source, kind) => {
      expect((await seat.run(source)).end.kind).toBe(kind);
      expect(seat.checkpoint()).toEqual({ kind: "interrupted" });
    });

    it("takes little room: what it keeps, not what its interpreter is made of", async () => {
      expect((await seat.sleep()).length).toBe(headBytes);
      expect((await sessionAfter("")).length).toBeLessThan(40 * KB);
      expect((await sessionAfter(typical)).length).toBeLessThan(250 * KB);
      const big = await sessionAfter("data = bytes(range(256)) * 4096");
      expect(big.length).toBeGreaterThan(1024 * KB);
      expect(big.length).toBeLessThan(1100 * KB);
    });

    it("is the same bytes whatever ran in its seat before", async () => {
      const repeatable = { seed: 1, nowMs: 1_750_000_000_000 };
      const asleep = async (where: TestSeat) => {
        await where.output("import json, random\nkept = [random.random() for _ in range(50)]", {
          repeatable,
        });
        return where.sleep();
      };
      const first = await asleep(seat);
      await seat.output("x = bytearray(20 << 20)");
      await seat.reset();
      expect(Buffer.compare(await asleep(seat), first)).toBe(0);
      expect(Buffer.compare(await asleep(other), first)).toBe(0);
    });

    it("is not made larger than allowed, and goes on where it is", async () => {
      await seat.output("data = bytes(range(256)) * 4096");
      const refused = seat.checkpoint(1 << 20);
      expect(refused).toEqual({ kind: "too_large", bytes: expect.any(Number) });
      const bytes = refused.kind === "too_large" ? refused.bytes : 0;
      expect(seat.checkpoint(bytes - 1).kind).toBe("too_large");
      expect(seat.checkpoint(bytes)).toMatchObject({ kind: "taken", delta: { length: bytes } });
      expect(await seat.output("print(len(data))")).toBe("1048576\n");
    });

    it("has memory that an instance must grow for, and is refused where that is not allowed", async () => {
      const delta = await sessionAfter(
        "import random\ndata = random.randbytes(12 << 20)\nfirst, last = data[0], data[-1]",
      );
      const source = "print(len(data) >> 20, data[0] == first, data[-1] == last)\nmore = bytearray(12 << 20)";
      expect(await woken(delta, source)).toBe("12 True True\n");
      const small = await TestSeat.open(await forgedRuntime().compile({ memoryMb: 16 }));
      const before = small.memory.length;
      expect(() => small.resume(delta)).toThrow(expect.objectContaining({ code: "too_large" }));
      expect(small.memory.length).toBe(before);
      expect(await small.output("print('clean')")).toBe("clean\n");
      small.close();
    });

    it("has a heap that was taken but never written to", async () => {
      const delta = await sessionAfter("data = bytearray(8 << 20)");
      expect(delta.length).toBeLessThan(64 * KB);
      const fresh = await TestSeat.open(artifact);
      expect(await woken(delta, "data[-1] = 7\nprint(sum(data), len(data) >> 20)", fresh)).toBe("7 8\n");
      fresh.close();
    });

    it("keeps deferred tables without carrying them along", async () => {
      const delta = await sessionAfter(
        "import unicodedata, encodings.shift_jis\ncommas = '、'.encode('shift_jis')",
      );
      expect(delta.length).toBeLessThan(120 * KB);
      const source = "print(unicodedata.name('é'), commas.decode('shift_jis'), 'ß'.encode('gb18030'))";
      expect(await woken(delta, source)).toBe("LATIN SMALL LETTER E WITH ACUTE 、 b'\\x810\\x898'\n");
      const [table] = (artifact as unknown as { tables: { start: number; end: number }[] }).tables;
      const { start = 0, end = 0 } = table ?? {};
      expect(other.memory.subarray(start, end).every((byte) => byte === 0)).toBe(true);
    });
  });

  describe("that is forked", () => {
    it("goes two ways that know nothing of each other", async () => {
      const delta = await sessionAfter("notes = ['start']");
      for (const [where, name] of [
        [seat, "a"],
        [other, "b"],
      ] as const) {
        where.resume(delta);
        await where.output(`notes.append('${name}')`);
      }
      expect(await seat.output("print(notes)")).toBe("['start', 'a']\n");
      expect(await other.output("print(notes)")).toBe("['start', 'b']\n");
    });

    it("never draws the same random numbers twice", async () => {
      const delta = await sessionAfter(
        "import os, random, secrets, tempfile, uuid",
        // Each leaves something behind that a draw could come from.
        "random.seed(5); random.gauss(0, 1); random.random(); uuid.uuid1(); secrets.token_hex(); os.urandom(5)",
      );
      for (const draw of [
        "random.gauss(0, 1)",
        "random.random()",
        "random.getrandbits(64)",
        "random.sample(range(10**9), 3)",
        "random.SystemRandom().random()",
        "random.Random().random()",
        "os.urandom(16)",
        "secrets.token_hex()",
        "secrets.choice(range(10**9))",
        "uuid.uuid4()",
        "uuid.uuid1().clock_seq, uuid.uuid1().time",
      ]) {
        const drawn = [];
        for (const where of [seat, other, seat]) drawn.push(await woken(delta, `print(${draw})`, where));
        expect(new Set(drawn).size, draw).toBe(3);
      }
    });

    it("shares what a plugin seeded itself, and string hashes, as the guide says", async () => {
      const delta = await sessionAfter("import random\nmine = random.Random(5)\nmine.random()");
      const source = "print(mine.random(), hash('text'))";
      expect(await woken(delta, source, seat)).toBe(await woken(delta, source));
    });

    it("does the same where both are made repeatable alike", async () => {
      const delta = await sessionAfter("import random, time, uuid\nseen = []");
      const source =
        "seen.append([random.random(), time.time_ns(), time.monotonic_ns(), uuid.uuid4()])\nprint(seen)";
      const ways: [string, Uint8Array][] = [];
      for (const where of [seat, other]) {
        where.resume(delta);
        const repeatable = { seed: 7, nowMs: 1_750_000_000_000 };
        ways.push([await where.output(source, { repeatable }), await where.sleep()]);
      }
      expect(ways[0]?.[0]).toBe(ways[1]?.[0]);
      expect(Buffer.compare(ways[0]?.[1] ?? new Uint8Array(), ways[1]?.[1] ?? new Uint8Array())).toBe(0);
    });
  });

  describe("between its runs", () => {
    it("has no time passing on its monotonic clocks, and none going back", async () => {
      const delta = await sessionAfter(
        "import time\ntime.sleep(0.05)\nbefore = time.monotonic(), time.process_time()",
      );
      const source =
        "print([0 <= now - then < 5 for then, now in zip(before, (time.monotonic(), time.process_time()))])";
      for (let waking = 0; waking < 2; waking++) expect(await woken(delta, source)).toBe("[True, True]\n");
    });

    it("may have slept for centuries", async () => {
      const repeatable = { seed: 1, nowMs: 0 };
      const source = "import time\nfor _ in range(10): time.sleep(10**9)\nbefore = time.monotonic()";
      await seat.output(source, { repeatable });
      expect(await woken(await seat.sleep(), "print(time.monotonic() - before < 5)")).toBe("True\n");
    });

    it("loses the files that it left open: using one fails, and closing it does not", async () => {
      const files = {
        "a.txt": new TextEncoder().encode("first"),
        "b.txt": new TextEncoder().encode("second"),
      };
      const run = (where: TestSeat, source: string) => where.output(source, { files });
      await run(
        seat,
        "a = open('/a.txt', 'rb', buffering=0)\nb = open('/b.txt')\nprint(a.read(1), b.read(1))",
      );
      const delta = await seat.sleep();
      other.resume(delta);
      const using = (what: string) => `try:\n  ${what}\nexcept OSError as error:\n  print(error)\n`;
      expect(
        await run(other, using("a.read()") + using("a.seek(0)") + using("import os; os.fstat(a.fileno())")),
      ).toBe("[Errno 8] Bad file descriptor\n".repeat(3));
      expect(
        await run(other, "c = open('/a.txt')\nprint(c.fileno() not in (a.fileno(), b.fileno()), c.read())"),
      ).toBe("True first\n");
      expect(await run(other, "a.close(); b.close(); c.close()\nprint(a.closed, b.closed)")).toBe(
        "True True\n",
      );
      expect(await run(other, "d = open('/b.txt')\nprint(d.fileno(), d.read())")).toBe("4 second\n");
    });

    it("loses the files of the host's that it was granted, whatever it still has of their names", async () => {
      await seat.output("import os\nnames = os.listdir('/')\nprint(names)", {
        files: { "a.txt": new Uint8Array(1) },
      });
      const delta = await seat.sleep();
      expect(await woken(delta, "print(names, os.listdir('/'))")).toBe("['a.txt'] []\n");
    });
  });

  describe("when its seat is reset", () => {
    const marker = "canary-5e55-10n-";
    const makeMarker = "marks = ['canary-5e55-' + str(10) + 'n-' + str(i) for i in range(100)]";
    const isMarked = (bytes: Uint8Array) =>
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(marker);

    it.each([
      ["it has run on", "marks.append(1)"],
      ["it has not run", undefined],
      ["it was interrupted", "import os; os._exit(0)"],
      ["it has crashed", "import os; os.abort()"],
      ["it has grown", "more = [m * 1000 for m in marks] * 10\nbig = ''.join(more)"],
    ])("leaves nothing in all of the memory when %s", async (_, source) => {
      const delta = await sessionAfter(makeMarker);
      expect(isMarked(delta)).toBe(true);
      expect(isMarked(seat.memory)).toBe(false);
      seat.resume(delta);
      if (source) await seat.run(source);
      expect(isMarked(seat.memory)).toBe(true);
      expect(await seat.reset()).toBe("clean");
      expect(isMarked(seat.memory)).toBe(false);
      expect(await seat.output("import builtins\nprint('marks' in globals())")).toBe("False\n");
    });

    it("leaves an instance that differs from the image in nothing", async () => {
      const delta = await sessionAfter(
        `import unicodedata, asyncio\nf = open('/')if 0 else None\n${makeMarker}`,
      );
      seat.resume(delta);
      await seat.run("import time; time.sleep(0.01); 1/0");
      await seat.reset();
      const fresh = await TestSeat.open(artifact);
      const size = fresh.memory.length;
      expect(Buffer.compare(seat.memory.subarray(0, size), fresh.memory)).toBe(0);
      expect(seat.memory.subarray(size).every((byte) => byte === 0)).toBe(true);
      expect(seat.checkpoint()).toEqual(fresh.checkpoint());
      fresh.close();
    });
  });

  describe("that is refused", () => {
    it.each([
      ["nothing at all", () => new Uint8Array(), "damaged"],
      ["something cut off", (delta: Uint8Array) => delta.subarray(0, -1), "damaged"],
      [
        "something of another image",
        (delta: Uint8Array) => delta.with(20, (delta[20] ?? 0) ^ 1),
        "foreign_image",
      ],
      ["something of another version", (delta: Uint8Array) => delta.with(8, 99), "version"],
    ])("leaves its seat clean and of use: %s", async (_, spoil, code) => {
      const delta = await sessionAfter("x = 1");
      const before = Buffer.from(other.memory);
      expect(() => other.resume(spoil(delta))).toThrow(expect.objectContaining({ name: "DeltaError", code }));
      expect(Buffer.compare(before, other.memory)).toBe(0);
      expect(await other.output("print('clean', 'x' in globals())")).toBe("clean False\n");
      await other.reset();
      expect(await woken(delta, "print(x)")).toBe("1\n");
    });

    it("is not written over anything else", async () => {
      const delta = await sessionAfter("x = 1");
      await other.output("y = 2");
      expect(() => other.resume(delta)).toThrow("reset it first");
      await other.reset();
      other.resume(delta);
      expect(() => other.resume(delta)).toThrow("reset it first");
    });
  });

  it("ends with its instance", async () => {
    const closing = await TestSeat.open(artifact);
    const delta = await sessionAfter("x = 1");
    closing.close();
    expect(() => closing.checkpoint()).toThrow("closed");
    expect(() => closing.resume(delta)).toThrow("closed");
  });
});

const typical = `
import json, re
from platform_sdk import get_input, send_output

history, settings = [], {"name": "é", "limit": 10, "tags": ["a", "b", "c"]}
pattern = re.compile(r"(\\w+)@(\\w+)")

class Counter:
    def __init__(self):
        self.n = 0

    def up(self):
        self.n += 1
        return self.n

def remember(entry):
    history.append(entry)
    return json.dumps({"history": history, "settings": settings})

counter = Counter()
for turn in range(20):
    text = remember({"turn": counter.up(), "text": "hello " * 5, "mails": pattern.findall("a@b c@d")})
send_output(str(len(json.loads(text)["history"])))
`;
