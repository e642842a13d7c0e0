import { type Cases, errorOf } from "./cases.js";
import { python } from "./python.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
/** Every character below U+0100 is its own byte. */
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

export function sourceCases({ lab, expect, can }: Cases): void {
  const errorIn = async (source: string | Uint8Array) => errorOf((await lab.run(source)).end);

  can("is the same as text and as bytes", async () => {
    const source = "print('é😀')";
    expect(await lab.output(source)).toBe("é😀\n");
    expect(await lab.output(utf8(source))).toBe("é😀\n");
  });

  can("may begin with a byte order mark", async () => {
    expect(await lab.output("\ufeffprint('a')")).toBe("a\n");
    expect(await lab.output(utf8("\ufeffprint('a')"))).toBe("a\n");
    expect(await lab.output(utf8("\ufeff# coding: utf-8\nprint('a')"))).toBe("a\n");
  });

  for (const [name, end] of [
    ["Windows'", "\r\n"],
    ["old Macs'", "\r"],
    ["Unix'", "\n"],
  ] as const) {
    can(`may have ${name} line ends, and strings keep theirs`, async () => {
      const source = [
        "x = 1",
        "if x:",
        "  print(x)",
        `print(repr("""a`,
        `b"""), repr("\\r\\n"))`,
        "1/0",
      ].join(end);
      for (const each of [source, utf8(source)]) {
        const { end: ended, stdout } = await lab.run(each);
        expect(stdout).toBe("1\n'a\\nb' '\\r\\n'\n");
        expect(errorOf(ended)).toMatchObject({ line: 6 });
        expect(errorOf(ended).traceback).toContain("    1/0\n");
      }
    });
  }

  can("as bytes is read in the encoding that it declares", async () => {
    const source = latin1("# -*- coding: latin-1 -*-\nprint(ascii('\u00e9'))\nname = '\u00e9' + 1");
    const { end, stdout } = await lab.run(source);
    expect(stdout).toBe("'\\xe9'\n");
    expect(errorOf(end).traceback).toContain("    name = 'é' + 1\n");
  });

  can("as text is what it is, whatever it declares", async () => {
    expect(await lab.output("# -*- coding: latin-1 -*-\nprint(ascii('\u00e9'))")).toBe("'\\xe9'\n");
  });

  can("that is not in the encoding it declares is a clean error", async () => {
    expect(await errorIn(latin1("x = '\u00e9'"))).toMatchObject({ type: "SyntaxError" });
    expect(await errorIn(utf8("# coding: klingon\nx = 1"))).toMatchObject({ type: "SyntaxError" });
    expect(await errorIn(utf8("\ufeff# coding: latin-1\nx = 1"))).toMatchObject({ type: "SyntaxError" });
  });

  can("with a NUL in it is a clean error", async () => {
    for (const source of ["x = 1\0\n", utf8("x = 1\n\0"), "\0", "x = '\0'"]) {
      expect((await errorIn(source)).type).toMatch(/^(SyntaxError|ValueError)$/);
    }
  });

  can("with half a surrogate pair in it is a clean error or that very text", async () => {
    const { end, stdout } = await lab.run("print(ascii('\ud800'))");
    if (end.kind === "raised") {
      expect(end.error.type).toMatch(/^(SyntaxError|UnicodeEncodeError|UnicodeDecodeError)$/);
    } else {
      expect(stdout).toMatch(/^'\\ud800'\n$/);
    }
  });

  can("may be 10 MB long", async () => {
    const source = `${"# a comment as long as a line is\n".repeat(300_000)}text = '${"x".repeat(1_000_000)}'\nprint(len(text))`;
    expect(source.length).toBeGreaterThan(10_000_000);
    expect(await lab.output(source)).toBe("1000000\n");
  });

  can("with an error in line 40,000 has that line", async () => {
    expect(await errorIn(`${"x = 1\n".repeat(39_999)}def broken(:\n`)).toMatchObject({
      type: "SyntaxError",
      line: 40_000,
    });
    expect(await errorIn(`${"#\n".repeat(39_999)}1/0\n`)).toMatchObject({
      type: "ZeroDivisionError",
      line: 40_000,
      traceback: expect.stringContaining("    1/0\n"),
    });
  });

  can("with a form feed keeps its line numbers", async () => {
    const { line, traceback } = await errorIn("x = 1\n\f\nx = '\u2028'\n1/0");
    expect(line).toBe(4);
    expect(traceback).toContain("    1/0\n");
  });

  can("runs as __main__ under its file's name", async () => {
    const source = python`
      import sys
      print(__name__, __file__, sys.argv, sys.modules["__main__"].__dict__ is globals())
      print(__doc__, __spec__, __package__, __annotations__ if "__annotations__" in globals() else {})
      print(__builtins__ is __import__("builtins"))
    `;
    expect(await lab.output(source, { fileName: "my plugin é.py" })).toBe(
      "__main__ my plugin é.py ['my plugin é.py'] True\nNone None None {}\nTrue\n",
    );
  });

  can("is a real module: pickle, dataclasses, inspect and doctest work in it", async () => {
    const source = python`
      import dataclasses, doctest, inspect, pickle

      @dataclasses.dataclass
      class Point:
          """
          >>> Point(1).x
          1
          """
          x: int

      print(pickle.loads(pickle.dumps(Point(2))))
      print(inspect.getsource(Point).splitlines()[-1].strip())
      print(doctest.testmod())
    `;
    expect(await lab.output(source)).toBe("Point(x=2)\nx: int\nTestResults(failed=0, attempted=1)\n");
  });

  can("has no other frames around it", async () => {
    const source =
      "import sys\nframe = sys._getframe()\nprint(frame.f_globals is globals(), frame.f_code.co_name)";
    expect(await lab.output(source)).toBe("True <module>\n");
  });
}
