import type { Cases } from "./cases.js";
import { python } from "./python.js";

/** Each would need more stack than there is. Some of it is C's, which no limit of Python's guards. */
const recursions: Readonly<Record<string, string>> = {
  "a function": "f = lambda: f(); f()",
  "json.dumps": "import json; json.dumps(nested_list())",
  "json.dumps in Python": "import json; json.dumps(nested_list(), indent=1)",
  "json.loads": "import json; json.loads('[' * 100_000)",
  repr: "repr(nested_list())",
  "repr of dicts": "d = {}\nfor _ in range(100_000): d = {1: d}\nrepr(d)",
  "str of itself": "class A:\n  def __str__(self): return str(self)\nstr(A())",
  "a sort key": "def key(x): return sorted([1, 2], key=key)[0]\nkey(1)",
  map: "f = lambda x: list(map(f, [x])); f(0)",
  __getattr__: "class A:\n  def __getattr__(self, name): return getattr(self, name)\nA().x",
  "getattr of a property": "class A:\n  x = property(lambda self: self.x)\nA().x",
  __eq__: "class A:\n  def __eq__(self, other): return self == other\nA() == A()",
  "comparing lists": "nested_list() == nested_list()",
  "pickle.dumps": "import pickle; pickle.dumps(nested_list())",
  "copy.deepcopy": "import copy; copy.deepcopy(nested_list())",
  "compile of brackets": "compile('(' * 5000 + ')' * 5000, 'x', 'eval')",
  "compile of signs": "compile('-' * 200_000 + '1', 'x', 'eval')",
  "compile of attributes": "compile('a' + '.b' * 100_000, 'x', 'eval')",
  "compile of blocks": String.raw`compile('\n'.join(' ' * i + 'if 1:' for i in range(99)) + '\n' + ' ' * 99 + 'pass', 'x', 'exec')`,
  "ast.literal_eval": "import ast; ast.literal_eval('-' * 100_000 + '1')",
  re: "import re; re.compile('(' * 50_000 + ')' * 50_000)",
  isinstance: "t = int\nfor _ in range(100_000): t = (t,)\nisinstance('', t)",
  "functools.partial":
    "import functools\np = print\nfor _ in range(100_000): p = functools.partial(p).__call__\np()",
  "yield from": "def g(): yield from g()\nlist(g())",
  await: "async def f(): await f()\ntry: f().send(None)\nexcept StopIteration: pass",
  "class creation": "class M(type):\n  def __new__(m, *a): return M(*a)\nM('A', (), {})",
  operators: "class A:\n  def __add__(self, other): return self + other\nA() + A()",
  "str.format": "class A:\n  def __format__(self, spec): return f'{self}'\nf'{A()}'",
  "weakref.proxy":
    "import weakref\nclass A:\n  def __getattr__(self, n): return getattr(weakref.proxy(self), n)\nA().x",
  xml: "import xml.etree.ElementTree as E\ne = E.Element('a')\nfor _ in range(100_000):\n  p = E.Element('a'); p.append(e); e = p\nE.tostring(e)",
};

/** Recursion in C that CPython itself does not guard: natively it can end the process. */
const unguarded: Readonly<Record<string, string>> = {
  "nested maps": "m = [0]\nfor _ in range(100_000): m = map(lambda x: x, m)\nlist(m)",
  "nested chains":
    "import itertools\nm = iter([0])\nfor _ in range(100_000): m = itertools.chain(m)\nlist(m)",
  "hashing nested tuples": "t = ()\nfor _ in range(100_000): t = (t,)\nhash(t)",
};

export function recursionCases({ lab, expect, can }: Cases): void {
  for (const [what, lines] of Object.entries(recursions)) {
    can(`ends in an exception: ${what}`, async () => {
      const source = python`
        def nested_list(depth=100_000):
            value = []
            for _ in range(depth): value = [value]
            return value
        def nested_tuple(depth=100_000):
            value = ()
            for _ in range(depth): value = (value,)
            return value
        try:
            exec(${JSON.stringify(lines)})
            print("went through")
        except (RecursionError, MemoryError, SyntaxError) as error:
            print(type(error).__name__)
        print("alive")
      `;
      const { end, stdout } = await lab.run(source);
      expect(end).toEqual({ kind: "completed" });
      expect(stdout).toMatch(
        /^(RecursionError|MemoryError|SyntaxError|IndentationError|went through)\nalive\n$/,
      );
      await lab.expectNormalRun();
    });
  }

  for (const [what, source] of Object.entries(unguarded)) {
    can(`ends in an exception or a typed crash where CPython has no guard: ${what}`, async () => {
      const { end } = await lab.run(source);
      if (end.kind === "raised") {
        expect(end.error.type).toBe("RecursionError");
      } else if (end.kind === "crashed") {
        expect(end.cause).toBe("stack");
      } else {
        expect(end).toEqual({ kind: "completed" });
      }
      await lab.expectNormalRun();
    });
  }

  can("that nobody catches is the plugin's exception", async () => {
    const { end } = await lab.run(
      "import json\nx = []\nx.append(x)\nfor _ in range(100_000): x = [x]\nrepr(x)",
    );
    expect(end).toMatchObject({ kind: "raised", error: { type: "RecursionError", line: 5 } });
  });

  can("under a raised limit ends somehow, and the next run is normal", async () => {
    const { end } = await lab.run(
      "import sys\nsys.setrecursionlimit(10**5)\ndef f(n): return f(n + 1)\nf(0)",
    );
    expect(["raised", "crashed", "stopped"]).toContain(end.kind);
    await lab.expectNormalRun();
  });
}
