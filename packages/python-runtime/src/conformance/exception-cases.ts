import { type Cases, errorOf } from "./cases.js";
import { python } from "./python.js";

/** CPython's versions differ in where they underline. */
const withoutUnderlines = (text: string) =>
  text
    .split("\n")
    .filter((line) => !/^[ |]*[~^]+ *$/.test(line))
    .join("\n");

export function exceptionCases({ lab, expect, can }: Cases): void {
  const raised = async (source: string | Uint8Array) => errorOf((await lab.run(source)).end);

  can("is told as CPython tells it, and not printed as well", async () => {
    const source = python`
      def f(x):
          raise ValueError(f"no {x}")

      f(1)
    `;
    const { end, stdout, stderr } = await lab.run(source);
    const { traceback, ...error } = errorOf(end);
    expect({ ...error, stdout, stderr }).toEqual({
      type: "ValueError",
      message: "no 1",
      line: 2,
      stdout: "",
      stderr: "",
    });
    expect(withoutUnderlines(traceback)).toBe(
      `${python`
        Traceback (most recent call last):
          File "plugin.py", line 4, in <module>
            f(1)
          File "plugin.py", line 2, in f
            raise ValueError(f"no {x}")
        ValueError: no 1
      `}\n`,
    );
  });

  can("out of the library has the plugin's own line, and files without this machine's folders", async () => {
    const { type, line, traceback } = await raised("import json\n\njson.loads('{')");
    expect({ type, line }).toEqual({ type: "JSONDecodeError", line: 3 });
    expect(traceback).toMatch(/File "\/[\w./]+\/json\/decoder\.py", line \d+, in raw_decode\n/);
    expect(traceback).toContain("json.decoder.JSONDecodeError: Expecting property name");
  });

  can("tells of its cause and of what it happened in", async () => {
    const source = python`
      try:
          try:
              1 / 0
          except ZeroDivisionError:
              {}["missing"]
      except KeyError as error:
          raise RuntimeError("last") from error
    `;
    const { type, line, traceback } = await raised(source);
    expect({ type, line }).toEqual({ type: "RuntimeError", line: 7 });
    const lines = traceback.split("\n").filter((text) => /^\S/.test(text));
    expect(lines).toEqual([
      "Traceback (most recent call last):",
      "ZeroDivisionError: division by zero",
      "During handling of the above exception, another exception occurred:",
      "Traceback (most recent call last):",
      "KeyError: 'missing'",
      "The above exception was the direct cause of the following exception:",
      "Traceback (most recent call last):",
      "RuntimeError: last",
    ]);
  });

  can("from None tells of nothing before it", async () => {
    const { traceback } = await raised("try: 1/0\nexcept Exception: raise KeyError('k') from None");
    expect(traceback).not.toContain("ZeroDivisionError");
  });

  can("in a module that is missing is an ImportError in the plugin's line", async () => {
    const { type, message, line, traceback } = await raised("x = 1\nimport requests");
    expect({ type, message, line }).toEqual({
      type: "ModuleNotFoundError",
      message: "No module named 'requests'",
      line: 2,
    });
    expect(traceback.match(/File /g)).toHaveLength(1);
  });

  can("that is wrong syntax has its own line and no frames", async () => {
    const { traceback, ...error } = await raised("x = 1\ndef broken(:\n    pass\n");
    expect(error).toMatchObject({ type: "SyntaxError", line: 2 });
    expect(traceback).toBe(
      '  File "plugin.py", line 2\n    def broken(:\n               ^\nSyntaxError: invalid syntax\n',
    );
  });

  can("that is wrong indentation has its line", async () => {
    expect(await raised("if True:\nx = 1")).toMatchObject({ type: "IndentationError", line: 2 });
    expect(await raised("if True:\n\tx = 1\n        y = 2")).toMatchObject({ type: "TabError", line: 3 });
  });

  can("that is wrong syntax in other text has the plugin's line", async () => {
    expect(await raised("x = 1\neval('1 +')")).toMatchObject({ type: "SyntaxError", line: 2 });
  });

  for (const type of ["KeyboardInterrupt", "GeneratorExit", "BaseException"]) {
    can(`of no ordinary kind is one all the same: ${type}`, async () => {
      expect(await raised(`raise ${type}("x")`)).toMatchObject({ type, message: "x", line: 1 });
    });
  }

  can("of the plugin's own class has the class's name", async () => {
    const source = "class Mine(Exception): pass\nraise Mine('x', 2)";
    expect(await raised(source)).toMatchObject({ type: "Mine", message: "('x', 2)", line: 2 });
  });

  can("group is told with its parts", async () => {
    const { type, traceback } = await raised("raise ExceptionGroup('both', [ValueError(1), TypeError(2)])");
    expect(type).toBe("ExceptionGroup");
    expect(traceback).toContain("ValueError: 1");
    expect(traceback).toContain("TypeError: 2");
  });

  can("keeps its notes", async () => {
    const source = "e = ValueError('x')\ne.add_note('remember')\nraise e";
    expect((await raised(source)).traceback).toContain("ValueError: x\nremember\n");
  });

  can("with a message of 50 MB is cut in the middle", async () => {
    const { message, traceback } = await raised("raise Exception('E' * (50 << 20))");
    expect(message.length).toBeLessThan(5_000);
    expect(message).toMatch(/^E+\n\.\.\. \d+ characters left out \.\.\.\nE+$/);
    expect(traceback.length).toBeLessThan(20_000);
    expect(traceback).toMatch(/^Traceback [\s\S]*E\n$/);
  });

  can("with endless frames is cut as CPython cuts it", async () => {
    const { type, line, traceback } = await raised("def f(): f()\nf()");
    expect({ type, line }).toEqual({ type: "RecursionError", line: 1 });
    expect(traceback).toMatch(/\[Previous line repeated \d+ more times\]/);
    expect(traceback.length).toBeLessThan(20_000);
  });

  can("with 100,000 others before it is told in bounded size", async () => {
    const source = python`
      error = None
      for i in range(100_000):
          newer = ValueError(i)
          newer.__context__ = error
          error = newer
      raise error
    `;
    const { message, traceback } = await raised(source);
    expect(message).toBe("99999");
    expect(traceback).toMatch(/ValueError: 99999\n$/);
    expect(traceback.length).toBeLessThan(20_000);
  });

  can("can carry any text", async () => {
    expect((await raised(String.raw`raise ValueError("\ud800 \x00 \u2028 😀 \x1b[2J")`)).message).toBe(
      "\ud800 \u0000 \u2028 😀 \u001b[2J",
    );
  });

  can("is told to the plugin itself with its source lines, too", async () => {
    const source = python`
      import sys, traceback
      try:
          1 / 0
      except ZeroDivisionError:
          traceback.print_exc(file=sys.stdout)
    `;
    expect(withoutUnderlines(await lab.output(source))).toBe(
      'Traceback (most recent call last):\n  File "plugin.py", line 3, in <module>\n    1 / 0\nZeroDivisionError: division by zero\n',
    );
  });
}
