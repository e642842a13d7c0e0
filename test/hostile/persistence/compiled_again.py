"""Runs twice, and in between the host may keep its compiled form: nothing that the first did may be in it."""
from platform_sdk import send_output
import builtins, marshal, sys

MARK = "clean"
spoiled = hasattr(builtins, "left_by_compile")
builtins.left_by_compile = True
original = builtins.compile
builtins.compile = lambda source, *arguments, **options: original("MARK = 'dirty'", *arguments, **options)
marshal.dumps = marshal.loads = lambda *arguments: (lambda: 0).__code__
for module in (sys.modules.get("_forge_run"), sys.modules.get("_forge")):
    for name in ("_compile", "_dumps", "_loads", "_supply", "_source"):
        if hasattr(module, name):
            setattr(module, name, lambda *arguments: b"")
send_output("BREACH:" + MARK if spoiled or MARK != "clean" else "HELD:" + MARK)
