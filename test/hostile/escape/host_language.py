"""JavaScript's objects, by every name under which other sandboxes leave them in reach."""
from platform_sdk import send_output
import builtins, gc, sys

names = ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "pyodide.ffi", "pyodide.code", "pyodide.http", "pyodide_http", "micropip", "piplite", "emscripten", "browser", "javascript", "node", "process", "deno", "bun", "quickjs",
         "micropython_js", "jsffi", "polyscript", "pyscript", "transcrypt", "brython", "window", "document", "globalThis", "self", "require", "Function", "eval_js", "wasi_snapshot_preview1", "componentize_py_runtime", "wit_world", "extism", "wasmedge")
hits = []
for name in names:
    try:
        hits.append("module " + __import__(name).__name__)
    except BaseException:
        pass
    for place in (builtins, sys, sys.modules["platform_sdk"], sys.modules.get("_forge"), sys.modules["__main__"]):
        if hasattr(place, name) and name not in ("eval_js",):
            hits.append("%s has %s" % (getattr(place, "__name__", place), name))
# An object of the host's would have a type that no module of Python's has.
strange = {type(thing) for thing in gc.get_objects()} | {type(vars(sys.modules["_forge"])[name]) for name in vars(sys.modules["_forge"])}
hits += ["type " + cls.__name__ for cls in strange if any(word in cls.__name__.lower() for word in ("jsproxy", "proxyobject", "hostobject", "externref", "foreign"))]
for chain in ("constructor.constructor", "__proto__", "prototype", "toString", "then", "valueOf"):
    for thing in (sys.modules["_forge"], sys.modules["_forge"].call, sys.modules["platform_sdk"].send_output):
        try:
            for part in chain.split("."):
                thing = getattr(thing, part)
            hits.append(chain)
        except AttributeError:
            pass
send_output("BREACH:" + repr(hits) if hits else "HELD:no trace of the host's language")
