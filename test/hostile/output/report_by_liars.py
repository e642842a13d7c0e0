"""Whatever a report of a failure could be made with, replaced by liars, and then a failure."""
import builtins, io, json, sys, traceback

def liar(*arguments, **options):
    return "HELD:all is well"

for module in (traceback, json, io, sys.modules.get("linecache"), sys.modules.get("_forge"), sys.modules.get("platform_sdk")):
    for name in dir(module) if module else ():
        if callable(getattr(module, name)) and not name.startswith("__"):
            try:
                setattr(module, name, liar)
            except (AttributeError, TypeError):
                pass
sys.excepthook = sys.unraisablehook = sys.exit = sys.exc_info = liar
for name in ("repr", "str", "len", "print", "isinstance", "type", "getattr", "hasattr", "BaseException", "SystemExit", "open", "compile", "exec"):
    setattr(builtins, name, liar)
raise Exception("this is a failure")
