import { type Cases, errorOf } from "./cases.js";
import { sdkSessionCases } from "./sdk-module-cases.js";

export function keptMainCases(cases: Cases): void {
  const { lab, describe, expect, can } = cases;
  describe("the SDK", () => sdkSessionCases(cases));

  can("keeps variables, functions and imports from run to run", async () => {
    const result = await lab.session([
      "import json\nx = [1]\ndef double(): return x * 2",
      "x.append(2)",
      "print(json.dumps(double()), __name__)",
    ]);
    expect(result.stdout).toBe("[1, 2, 1, 2] __main__\n");
    expect(result.kinds).toEqual(["completed", "completed", "completed"]);
  });

  can("goes on after an exception and after an exit", async () => {
    const { stdout, kinds } = await lab.session([
      "x = 1\n1/0",
      "x += 1\nimport sys\nsys.exit(3)",
      "def f(): f()\nf()",
      "def (",
      "print(x)",
    ]);
    expect(stdout).toBe("2\n");
    expect(kinds).toEqual(["raised", "exited", "raised", "raised", "completed"]);
  });

  can("gives each run its own input, name and arguments", async () => {
    const show =
      "import sys\nfrom platform_sdk import get_input\nprint(get_input(), __file__, sys.argv[0])\n";
    const { stdout } = await lab.session([
      { source: show, input: "one", fileName: "1.py" },
      { source: show, input: "two", fileName: "2.py" },
    ]);
    expect(stdout).toBe("one 1.py 1.py\ntwo 2.py 2.py\n");
  });

  can("shows the right lines of every run's text", async () => {
    const { ends } = await lab.session([
      { source: "x = 1\ndef f():\n    return 1 / 0  # the first\n", fileName: "1.py" },
      { source: "\n\nf()  # the second\n", fileName: "2.py" },
    ]);
    const { line, traceback } = errorOf(ends[1]);
    expect(line).toBe(3);
    expect(traceback).toContain('File "2.py", line 3, in <module>\n    f()  # the second\n');
    expect(traceback).toContain('File "1.py", line 3, in f\n    return 1 / 0  # the first\n');
  });

  can("goes on with its random numbers, the plugin's own seed included", async () => {
    const { stdout } = await lab.session([
      "import random\nrandom.seed(5)\nfirst = random.random()",
      "second = random.random()\nrandom.seed(5)\nprint([first, second] == [random.random(), random.random()])",
    ]);
    expect(stdout).toBe("True\n");
  });

  can("holds each run to its own imports", async () => {
    const { kinds } = await lab.session([
      { source: "import json", imports: { allow: ["json"] } },
      { source: "import os", imports: { allow: ["json"] } },
      { source: "import os" },
      { source: "import os", imports: { allow: ["json"] } },
    ]);
    expect(kinds).toEqual(["completed", "raised", "completed", "raised"]);
  });

  can("goes on after memory was exhausted", async () => {
    const { kinds, stdout } = await lab.session([
      "x = 1\nkept = []\nwhile True: kept.append(bytearray(1 << 20))",
      "kept = None\nprint(x, len(bytearray(20 << 20)))",
      "bytearray(1 << 30)",
      "print('and again')",
    ]);
    expect(kinds).toEqual(["raised", "completed", "raised", "completed"]);
    expect(stdout).toBe(`1 ${20 << 20}\nand again\n`);
  });

  can("begins anew after a reset", async () => {
    await lab.session(["x = 1"]);
    const { stdout } = await lab.session(["print('x' in globals())"]);
    expect(stdout).toBe("False\n");
  });

  can("does not go on where a run was cut off", async () => {
    await expect(lab.session(["import os\nos._exit(0)", "x = 1"])).rejects.toThrow("reset it first");
    await expect(lab.session(["import os\nos.abort()", "x = 1"])).rejects.toThrow("reset it first");
    await lab.expectNormalRun();
  });

  can("is over when a run does not ask for it", async () => {
    await expect(lab.session(["x = 1", { source: "x", keepMain: false }])).rejects.toThrow("reset it first");
  });
}

/** For a runtime that does not say `keepsMain`. */
export function noKeptMainCases({ lab, expect, can }: Cases): void {
  can("is refused, with what to do instead", async () => {
    await expect(lab.session(["x = 1"])).rejects.toThrow(/cannot keep __main__ .*: use /);
    await lab.expectNormalRun();
  });
}
