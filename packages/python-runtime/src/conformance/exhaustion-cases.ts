import type { Cases } from "./cases.js";
import { python } from "./python.js";

const capBytes = 64 * 1024 * 1024;

const appetites: Readonly<Record<string, string>> = {
  "one allocation": "bytearray(1 << 30)",
  "one allocation just over the cap": `bytearray(${capBytes})`,
  "a repeated string": "'x' * (1 << 30)",
  "a doubling string": "s = 'ab'\nwhile True: s += s",
  "many small objects": "kept = []\nwhile True: kept.append(object())",
  "many integers": "kept = []\nn = 1 << 40\nwhile True: n += 1; kept.append(n)",
  "many strings": "kept = {}\nn = 0\nwhile True: n += 1; kept[str(n)] = n",
  "many classes": "kept = []\nwhile True: kept.append(type('A', (), {}))",
  "many closures and frames":
    "def g():\n  yield\nkept = []\nwhile True:\n  it = g(); next(it); kept.append(it)",
  "a list that C grows": "list(range(10**9))",
  "a list that C extends": "import itertools\nkept = []\nkept.extend(itertools.repeat(0))",
  "a tuple from an endless iterator": "import itertools\ntuple(itertools.count())",
  "a set that C fills": "set(range(10**9))",
  "bytes that C joins": "b''.join(b'x' * (1 << 20) for _ in range(1000))",
  "a buffer in io": "import io\nb = io.BytesIO()\nwhile True: b.write(b'x' * 100_000)",
  "text in io": "import io\nb = io.StringIO()\nwhile True: b.write('x' * 100_000)",
  "json.dumps": "import json\nx = ['a' * 1000] * 1000\nfor _ in range(10): x = [x] * 10\njson.dumps(x)",
  "json.loads": "import json\njson.loads('[' + '[],' * 5_000_000 + '[]]')",
  "a number": "1 << (1 << 33)",
  "a power": "x = 1\nwhile True: x <<= 10_000_000",
  sorting: "sorted([object] * 100_000_000, key=id)",
  "a regular expression": "import re\nre.findall('', 'x' * 20_000_000)",
  zlib: "import zlib\nbomb = zlib.compress(b'\\0' * 10_000_000) \nkept = []\nwhile True: kept.append(zlib.decompress(bomb))",
  "str.replace": "'x' .join(['']*1_000_000).replace('x', 'y' * 10_000)",
};

export function exhaustionCases({ lab, expect, can }: Cases): void {
  for (const [what, source] of Object.entries(appetites)) {
    can(`is a MemoryError or a typed stop: ${what}`, async () => {
      const { end, peakMemoryBytes } = await lab.run(source);
      if (end.kind === "raised") {
        expect(end.error.type).toMatch(/^(MemoryError|OverflowError)$/);
      } else {
        expect(end).toEqual({ kind: "stopped", reason: "memory" });
      }
      expect(peakMemoryBytes).toBeLessThanOrEqual(capBytes);
      await lab.expectNormalRun();
    });
  }

  can("has the plugin's line where it is an exception that nobody caught", async () => {
    const { end } = await lab.run("x = 1\nbytearray(1 << 30)");
    expect(end).toMatchObject({ kind: "raised", error: { type: "MemoryError", line: 2 } });
  });

  can("can be caught, and the plugin goes on", async () => {
    const source = python`
      kept = []
      try:
          while True: kept.append(bytearray(1 << 20))
      except MemoryError:
          n = len(kept)
          kept = None
      print(20 < n < 64, len(bytearray(20 << 20)))
    `;
    expect(await lab.output(source)).toBe(`True ${20 << 20}\n`);
  });

  can("takes nothing from later runs, of which each may have the same again", async () => {
    for (let run = 0; run < 6; run++) {
      expect(await lab.output("print(len(bytearray(30 << 20)))")).toBe(`${30 << 20}\n`);
    }
  });

  can("leaves nothing of the run before to be found", async () => {
    await lab.run("kept = bytearray(b'SECRET' * (3 << 20))\nwhile True: kept += kept");
    const source = python`
      import gc
      found = [o for o in gc.get_objects() if isinstance(o, (bytes, bytearray)) and b"SECRET" in o]
      print(len(found), b"SECRET" in bytearray(20 << 20))
    `;
    expect(await lab.output(source)).toBe("0 False\n");
  });

  can("shows in the usage, and a small run after a large one is small again", async () => {
    const peak = async (source: string) => (await lab.run(source)).peakMemoryBytes;
    const small = await peak("x = 1");
    expect(small).toBeGreaterThan(1 << 20);
    expect(await peak("x = bytearray(20 << 20)")).toBeGreaterThan(20 << 20);
    expect(await peak("x = 1")).toBe(small);
  });
}
