import { describe, expect, it } from "vitest";
import { forgedRuntime } from "../platform/runtimes.js";
import type { Instance, RunRequest } from "../port.js";
import { hasImage } from "../test/image.js";
import { CodeCache, toCacheable } from "./code-cache.js";

const request = (source: string | Uint8Array, fileName = "plugin.py"): RunRequest => ({
  source,
  fileName,
  input: "",
  maxPrintBytes: 10_000,
});
const plugin = (source: string, fileName = "plugin.py") => ({ source, fileName, isPrepared: false });
const code = Uint8Array.of(1);

describe("the cache of compiled plugins", () => {
  it("wants a plugin's code when it runs for the second time, until it has it", () => {
    const cache = new CodeCache();
    expect([1, 2, 3].map(() => cache.used(plugin("x"), 1))).toEqual([false, true, true]);
    cache.keep(plugin("x"), code);
    expect(cache.used(plugin("x"), 1)).toBe(false);
    expect(cache.find(plugin("x"))).toBe(code);
  });

  it("does not want it again where there was none, or too much of it", () => {
    for (const useless of [new Uint8Array(), new Uint8Array(200_000)]) {
      const cache = new CodeCache();
      cache.used(plugin("x"), 1);
      cache.keep(plugin("x"), useless);
      expect(cache.used(plugin("x"), 1)).toBe(false);
      expect(cache.find(plugin("x"))).toBeUndefined();
    }
  });

  it("wants none of a plugin that runs for long", () => {
    const cache = new CodeCache();
    cache.used(plugin("x"), 1);
    expect(cache.used(plugin("x"), 100)).toBe(false);
  });

  it("tells plugins apart by text and by file name", () => {
    const cache = new CodeCache();
    cache.used(plugin("x"), 1);
    cache.keep(plugin("x"), code);
    expect(cache.find(plugin("y"))).toBeUndefined();
    expect(cache.find(plugin("x", "other.py"))).toBeUndefined();
    cache.used(plugin("x", "other.py"), 1);
    expect(cache.find(plugin("x", "other.py"))).toBeUndefined();
  });

  it("forgets the plugin that was used longest ago", () => {
    const cache = new CodeCache();
    for (const source of ["first", "second"]) {
      cache.used(plugin(source), 1);
      cache.keep(plugin(source), code);
    }
    for (let i = 0; i < 31; i++) {
      cache.used(plugin("first"), 1);
      cache.used(plugin(`plugin ${i}`), 1);
    }
    expect(cache.find(plugin("first"))).toBe(code);
    expect(cache.find(plugin("second"))).toBeUndefined();
  });

  it("wants a prepared plugin's code after its first run, though it is large and slow", () => {
    const prepared = toCacheable({ ...request("x".repeat(1_000_000)), isPrepared: true });
    if (!prepared) throw new Error("it was not taken");
    const cache = new CodeCache();
    expect(cache.used(prepared, 1_000)).toBe(true);
    const large = new Uint8Array(1_000_000);
    cache.keep(prepared, large);
    expect(cache.find(prepared)).toBe(large);
    expect(cache.used(prepared, 1_000)).toBe(false);
  });

  it("takes no plugin that is large, or given as bytes", () => {
    expect(toCacheable(request("x".repeat(100_000)))).toBeUndefined();
    expect(toCacheable(request(new TextEncoder().encode("x")))).toBeUndefined();
  });
});

describe.skipIf(!hasImage)("a plugin that is run again and again", () => {
  /** Everything that can be seen of each run. */
  async function seen(steps: readonly (string | Partial<RunRequest>)[]): Promise<string[]> {
    let printed = "";
    const runtime = forgedRuntime();
    const instance: Instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), {
      door: () => new Uint8Array(),
      print: (stream, chunk) => {
        printed += `${stream}: ${new TextDecoder().decode(chunk)}`;
      },
    });
    const results: string[] = [];
    for (const step of steps) {
      printed = "";
      const end = await instance.run({
        ...request(""),
        ...(typeof step === "string" ? { source: step } : step),
      });
      results.push(`${JSON.stringify(end)} ${printed}`);
      const usage = instance.usage();
      expect(await instance.reset()).toBe("clean");
      expect(instance.usage()).toEqual(usage);
    }
    return results;
  }
  const differentResults = async (source: string) => new Set(await seen(Array(5).fill(source)));

  it("is compiled by its first runs only", async () => {
    const results = await seen(Array(10).fill("import _forge\nprint(_forge.supply('code') is not None)"));
    expect(results[0]).toContain("False");
    expect(results[9]).toContain("True");
  });

  it("is compiled by its first run only if it is prepared, whatever its size", async () => {
    const source = `import _forge\nprint(_forge.supply('code') is not None)\n${"x = 1\n".repeat(20_000)}`;
    const results = await seen(Array(3).fill({ source, isPrepared: true }));
    expect(results.map((result) => result.includes("True"))).toEqual([false, true, true]);
  });

  it.each([
    ["prints", "print('hello', __name__, __file__)"],
    ["fails", "def f():\n    raise ValueError('no')\n\nf()"],
    ["exits", "import sys\nsys.exit(3)"],
    ["is no Python", "def f(:\n    pass"],
    ["is no text", "print('\ud800')"],
    ["has a NUL in it", "x = 1\0"],
    ["makes the compiler warn", "print('\\d')"],
    ["makes the compiler warn of what is not shown elsewhere", "x = 1 is 1\nassert (x, 'always')\n"],
    ["makes the compiler give up", `x = ${"(".repeat(5000)}${")".repeat(5000)}`],
    ["begins with a byte order mark", "\ufeffprint('a')"],
    ["looks at its own text", "import inspect\ndef f(): return 1\nprint(inspect.getsource(f))"],
    [
      "looks at its own code",
      "import sys\nc = sys._getframe().f_code\nprint(c.co_filename, list(c.co_positions())[-3:])",
    ],
    [
      "compares constants by identity",
      "def f(): return (1, 'a b', 1e300)\ndef g(): return (1, 'a b', 1e300)\nprint(f() is g(), f()[1] is g()[1])",
    ],
    [
      "has every kind of constant",
      "print([1, 2**100, -0.0, 1e-5, 3j, b'x', 'é😀', ..., None, True, 3 in {1, 3}])",
    ],
    [
      "lists sets of constants",
      "print({1, 2, 3, 'a', 'b'})\ndef f():\n    for each in {4, 'c', 'd', 5, 'e'}:\n        print(each)\nf()",
    ],
    [
      "leaves marks",
      "import builtins\nprint(hasattr(builtins, 'mark'))\nbuiltins.mark = 1\ndel builtins.compile",
    ],
    [
      "has a docstring and assertions",
      '"""doc"""\nprint(__doc__)\ntry:\n    assert 0\nexcept AssertionError:\n    print("kept")',
    ],
  ])("does the same each time when it %s", async (_, source) => {
    expect((await differentResults(source)).size).toBe(1);
  });

  it("is held to its imports all the same", async () => {
    const step = { source: "import json", imports: { allow: [] } };
    expect(new Set(await seen(Array(5).fill(step))).size).toBe(1);
  });

  it("is no other plugin's code, whatever runs in between", async () => {
    const [a, b] = ["print('a')", "print('b')"];
    const results = await seen([a, b, a, b, a, b, "def (", a, "import os; os._exit(0)", a, b]);
    expect(results.map((each) => /stdout: (.)/.exec(each)?.[1])).toEqual([
      "a",
      "b",
      "a",
      "b",
      "a",
      "b",
      undefined,
      "a",
      undefined,
      "a",
      "b",
    ]);
  });

  it("takes nothing from a run in a kept __main__, and gives nothing to it", async () => {
    const spoil = "import builtins\nbuiltins.compile = lambda *a, **k: compile_('print(666)', 'x', 'exec')\n";
    const steps = ["print('mine')", { source: `compile_ = compile\n${spoil}`, keepMain: true }];
    const results = await seen([...steps, ...steps, ...steps, ...steps]);
    expect(results.filter((each) => each.includes("mine"))).toHaveLength(4);
    expect(results.join()).not.toContain("666");
  });
});
