import { type Cases, errorOf } from "./cases.js";
import { python } from "./python.js";

/** What a plugin does to itself before it fails in its last line, with `ValueError("told")`. */
const sabotage: Readonly<Record<string, string>> = {
  "sys.stdout and sys.stderr are gone": "import sys; del sys.stdout, sys.stderr",
  "sys.stdout and sys.stderr are None": "import sys; sys.stdout = sys.stderr = None",
  "the streams raise": python`
    import sys
    class Bad:
        def __getattr__(self, name): raise KeyboardInterrupt
    sys.stdout = sys.stderr = Bad()
  `,
  "the modules are gone": "import sys; sys.modules.clear()",
  "the builtins are gone": python`
    import builtins
    shared = vars(builtins)
    for name in list(shared):
        if name not in ("ValueError", "__import__"): shared.pop(name)
  `,
  "the builtins lie": python`
    import builtins
    builtins.len = builtins.str = builtins.type = builtins.isinstance = builtins.issubclass = lambda *a: 1 / 0
  `,
  "json does nothing": "import json; json.dumps = json.JSONEncoder = None",
  "importing does nothing": "import builtins, sys; builtins.__import__ = None; sys.meta_path.clear()",
  "the recursion limit is tiny": "import sys; sys.setrecursionlimit(30)",
  "it is traced by what raises": "import sys; sys.settrace(lambda *a: 1 / 0)",
  "an excepthook raises": python`
    import sys
    def hook(*a): raise SystemExit(3)
    sys.excepthook = hook
  `,
  "the excepthook is gone": "import sys; del sys.excepthook",
  "garbage is not collected": "import gc; gc.disable(); gc.callbacks.append(lambda *a: 1 / 0)",
};

/** Ways to be an exception that cannot be told. The last line raises it; nothing but the type can be known. */
const untellable: Readonly<Record<string, string>> = {
  "its text raises": "def __str__(self): raise ValueError",
  "its text raises SystemExit": "def __str__(self): raise SystemExit(0)",
  "its text is no text": "def __str__(self): return 5",
  "its text recurses": "def __str__(self): return str(self)",
  "it claims another class": "__class__ = SystemExit",
  "its attributes raise": python`
    def __getattribute__(self, name): raise KeyError(name)
  `,
  "it is false and empty": "def __bool__(self): return False\n    def __len__(self): return 0",
  "its text is another kind of text": python`
    def __str__(self):
        class Text(str):
            def __len__(self): return 5
            def __getitem__(self, key): return 7
        return Text("x" * 100_000)
  `,
};

export function brokenReportCases({ lab, expect, can }: Cases): void {
  for (const [what, lines] of Object.entries(sabotage)) {
    can(`is made all the same when ${what}`, async () => {
      const { end } = await lab.run(`${lines}\nraise ValueError("told")`);
      const { type, message, line } = errorOf(end);
      expect({ type, message, line }).toEqual({
        type: "ValueError",
        message: "told",
        line: lines.split("\n").length + 1,
      });
      await lab.expectNormalRun();
    });

    can(`tells of completion all the same when ${what}`, async () => {
      expect((await lab.run(lines)).end).toEqual({ kind: "completed" });
    });
  }

  for (const [what, lines] of Object.entries(untellable)) {
    can(`names at least the class of an exception when ${what}`, async () => {
      const body = lines.split("\n").map((line) => `    ${line.replace(/^ {4}(?=def)/, "")}`);
      const source = ["class Odd(Exception):", ...body, "raise Odd()"].join("\n");
      const { type, message, traceback } = errorOf((await lab.run(source)).end);
      expect(type).toBe("Odd");
      expect(message.length).toBeLessThan(5_000);
      expect(traceback.length).toBeLessThan(20_000);
      await lab.expectNormalRun();
    });
  }

  can("is made when traceback and linecache are broken", async () => {
    const source = python`
      import linecache, traceback
      linecache.getlines = linecache.checkcache = linecache.cache = None
      traceback.TracebackException = traceback.StackSummary = None
      raise ValueError("told")
    `;
    expect(errorOf((await lab.run(source)).end)).toMatchObject({
      type: "ValueError",
      message: "told",
      line: 4,
    });
  });

  can("has a bounded class name", async () => {
    const { type } = errorOf((await lab.run("raise type('N' * 10**6, (Exception,), {})()")).end);
    expect(type.length).toBeLessThan(1_000);
  });

  can("comes after the plugin's own excepthook", async () => {
    const source = python`
      import sys
      sys.excepthook = lambda kind, error, trace: print("mine:", kind.__name__, error)
      raise ValueError("x")
    `;
    const { end, stdout } = await lab.run(source);
    expect(stdout).toBe("mine: ValueError x\n");
    expect(errorOf(end)).toMatchObject({ type: "ValueError", line: 3 });
  });

  const fillMemory = (smallest: number) => python`
    kept = []
    size = 1 << 20
    while True:
        try:
            kept.append(bytearray(size))
        except MemoryError:
            if size < ${smallest}:
                raise
            size //= 2
  `;

  can("is made when hardly any memory is left", async () => {
    const { end } = await lab.run(fillMemory(8192));
    expect(errorOf(end)).toMatchObject({ type: "MemoryError", line: 5 });
    await lab.expectNormalRun();
  });

  can("is made when no memory is left, but for the line if there was no room to note it", async () => {
    const { type, line = 5, traceback } = errorOf((await lab.run(fillMemory(64))).end);
    expect({ type, line }).toEqual({ type: "MemoryError", line: 5 });
    expect(traceback).toMatch(/MemoryError\n$/);
    await lab.expectNormalRun();
  });
}
