import { describe, expect, it } from "vitest";
import { forgedRuntime } from "../platform/runtimes.js";
import { hasImage } from "../test/image.js";
import { CodeCache } from "./code-cache.js";

const request = (source: string | Uint8Array, fileName = "plugin.py") => ({
  source,
  fileName,
  input: "",
  maxPrintBytes: 10_000,
});

describe("the cache of compiled plugins", () => {
  it("wants a plugin's code when it runs for the second time, and then never again", () => {
    const cache = new CodeCache();
    const wanted = [1, 2, 3, 4].map(() => {
      cache.use(request("x"));
      return cache.isWorthCompiling(request("x"));
    });
    expect(wanted).toEqual([false, true, false, false]);
  });

  it("tells plugins apart by text and by file name", () => {
    const cache = new CodeCache();
    cache.use(request("x"));
    cache.keep(request("x"), Uint8Array.of(1));
    expect(cache.use(request("x"))).toEqual(Uint8Array.of(1));
    expect(cache.use(request("y"))).toBeUndefined();
    expect(cache.use(request("x", "other.py"))).toBeUndefined();
  });

  it("keeps no more than a few plugins, and none that is large or given as bytes", () => {
    const cache = new CodeCache();
    cache.use(request("first"));
    cache.keep(request("first"), Uint8Array.of(1));
    for (let i = 0; i < 40; i++) cache.use(request(`plugin ${i}`));
    expect(cache.use(request("first"))).toBeUndefined();
    for (const source of ["x".repeat(100_000), new TextEncoder().encode("x")]) {
      cache.use(request(source));
      cache.use(request(source));
      expect(cache.isWorthCompiling(request(source))).toBe(false);
    }
  });
});

describe.skipIf(!hasImage)("a plugin that is run again and again", () => {
  async function differentResults(times: number, source: string) {
    const results = new Set<string>();
    let printed = "";
    const runtime = forgedRuntime();
    const instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), {
      door: () => new Uint8Array(),
      print: (stream, chunk) => {
        printed += `${stream}: ${new TextDecoder().decode(chunk)}`;
      },
    });
    for (let i = 0; i < times; i++) {
      printed = "";
      const end = await instance.run(request(source));
      results.add(`${JSON.stringify(end)} ${printed}`);
      expect(await instance.reset()).toBe("clean");
    }
    return results;
  }

  it.each([
    ["prints", "print('hello', __name__, __file__)"],
    ["fails", "def f():\n    raise ValueError('no')\n\nf()"],
    ["is no Python", "def f(:\n    pass"],
    ["makes the compiler warn", "print('\\d')"],
    ["looks at its own text", "import inspect\ndef f(): return 1\nprint(inspect.getsource(f))"],
    [
      "leaves marks",
      "import builtins\nprint(hasattr(builtins, 'mark'))\nbuiltins.mark = 1\ndel builtins.compile",
    ],
    [
      "has a docstring and assertions",
      '"""doc"""\nprint(__doc__)\ntry:\n    assert 0\nexcept AssertionError:\n    print("kept")',
    ],
  ])("does the same each time when it %s", async (_, source) => {
    expect((await differentResults(5, source)).size).toBe(1);
  });
});
