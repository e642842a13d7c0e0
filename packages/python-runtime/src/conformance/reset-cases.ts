import { StopRun } from "../port.js";
import type { Cases } from "./cases.js";
import type { LabRun } from "./lab.js";
import { python } from "./python.js";

/** Everything that a plugin can leave behind in an interpreter, as far as we can think of it. */
const marks = python`
  import atexit, asyncio, builtins, codecs, collections, contextvars, decimal, gc, json, random, re, sys, warnings
  import json.decoder, logging, math, os, string, time
  import _forge, _forge_run, platform_sdk
  builtins.MARK = sys.MARK = json.MARK = math.MARK = "mark"
  json.loads = lambda *a, **k: "poisoned"
  json.decoder.JSONDecoder.decode = None
  collections.ChainMap.MARK = "mark"
  string.digits = "mark"
  sys.modules["mark"] = sys
  sys.path.append("/mark")
  sys.argv.append("mark")
  os.environ["MARK"] = "mark"
  sys.setrecursionlimit(321)
  sys.set_int_max_str_digits(0)
  sys.excepthook = sys.displayhook = sys.unraisablehook = None
  sys.settrace(lambda *a: None)
  decimal.getcontext().prec = 3
  warnings.simplefilter("error")
  logging.basicConfig(level=1)
  gc.disable()
  random.seed(1)
  random.random = lambda: 4
  codecs.register(lambda name: codecs.lookup("utf-8") if name == "mark" else None)
  re.compile("mark")
  contextvars.ContextVar("mark").set("mark")
  asyncio.set_event_loop(asyncio.new_event_loop())
  platform_sdk.call_ai = lambda *a: "poisoned"
  _forge_run.MARK = _forge.MARK = "mark"
  print("set")
  sys.meta_path.clear()
`;

const findMarks = python`
  import asyncio, builtins, codecs, collections, decimal, gc, json, math, os, random, string, sys, warnings, logging
  import platform_sdk, _forge, _forge_run
  found = [m.__name__ for m in (builtins, sys, json, math, _forge, _forge_run) if hasattr(m, "MARK")]
  found += [name for name, bad in {
      "globals": "keep" in globals(),
      "json": json.loads("[1]") != [1],
      "ChainMap": hasattr(collections.ChainMap, "MARK"),
      "string": string.digits != "0123456789",
      "modules": "mark" in sys.modules,
      "path": "/mark" in sys.path,
      "argv": len(sys.argv) != 1,
      "environ": "MARK" in os.environ,
      "recursion limit": sys.getrecursionlimit() == 321,
      "digits": sys.get_int_max_str_digits() == 0,
      "hooks": None in (sys.excepthook, sys.displayhook, sys.unraisablehook),
      "trace": sys.gettrace() is not None,
      "decimal": decimal.getcontext().prec != 28,
      "warnings": any(f[0] == "error" and f[2] is Warning for f in warnings.filters),
      "logging": logging.getLogger().level == 1,
      "gc": not gc.isenabled(),
      "random": random.random() == 4,
      "sdk": platform_sdk.call_ai("m", "x") == "poisoned",
  }.items() if bad]
  try:
      codecs.lookup("mark")
      found.append("codecs")
  except LookupError:
      pass
  print(found)
`;

interface Ending {
  readonly source: string;
  readonly kind: string;
  readonly options?: LabRun;
}

const stop = (reason: "aborted") => () => {
  throw new StopRun(reason);
};

const endings: Readonly<Record<string, Ending>> = {
  completion: { source: "", kind: "completed" },
  "an exit": { source: "exit(3)", kind: "exited" },
  "os._exit": { source: "os._exit(3)", kind: "exited" },
  "os._exit in many frames": {
    source: "def f(n): return f(n - 1) if n else os._exit(3)\nf(200)",
    kind: "exited",
  },
  "an exception": { source: "1/0", kind: "raised" },
  "a syntax error": { source: "def (", kind: "raised" },
  "endless recursion": { source: "def f(): f()\nf()", kind: "raised" },
  "an abort": { source: "os.abort()", kind: "crashed" },
  "a stop from the door": {
    source: "_forge.call('x', b'')",
    kind: "stopped",
    options: { door: stop("aborted") },
  },
  "a stop from printing": { source: "print('x' * 10_000)", kind: "stopped", options: { maxPrintBytes: 100 } },
  "a stop in many frames": {
    source: "def f(n): return f(n - 1) if n else print('x' * 10_000, flush=True)\nf(200)",
    kind: "stopped",
    options: { maxPrintBytes: 100 },
  },
  "the deadline": { source: "time.sleep(60)", kind: "stopped", options: { deadline: 0 } },
};

export function resetCases({ lab, expect, can }: Cases): void {
  for (const [what, { source, kind, options }] of Object.entries(endings)) {
    can(`finds nothing of the one before after ${what}`, async () => {
      const { end } = await lab.run(`keep = "mark"\n${marks}\n${source}`, options);
      expect(end.kind).toBe(kind);
      expect(await lab.output(findMarks)).toBe("[]\n");
      await lab.expectNormalRun();
    });
  }

  can("finds nothing of the one before after a fault of the host's", async () => {
    const door = () => {
      throw new Error("host");
    };
    await expect(lab.run(`${marks}\n_forge.call("x", b"")`, { door })).rejects.toThrow("host");
    expect(await lab.output(findMarks)).toBe("[]\n");
  });

  can("finds nothing of the one before in all that the collector knows", async () => {
    await lab.output("class MarkedClass: pass\nkept = [MarkedClass()]\nkept.append(kept)\nprint('set')");
    const source =
      "import gc\nprint([o for o in gc.get_objects() if type(o).__name__ == 'Marked' + 'Class'])";
    expect(await lab.output(source)).toBe("[]\n");
  });

  can("does not print what the one before left in its buffers", async () => {
    await lab.run("import os\nprint('old', end='')\nos._exit(0)");
    expect((await lab.run("print('new')")).stdout).toBe("new\n");
  });

  can("is like the first, thirty times over", async () => {
    const source = "import json, gc\nprint(len(gc.get_objects()), json.dumps({'a': [1, 2]}))";
    const outputs = new Set<string>();
    for (let run = 0; run < 30; run++) {
      outputs.add(await lab.output(source));
    }
    expect(outputs.size).toBe(1);
  });

  can("may come after resets that were not needed", async () => {
    const instance = await lab.instance();
    expect(await instance.reset()).toBe("clean");
    expect(await instance.reset()).toBe("clean");
    await lab.expectNormalRun();
  });
}
