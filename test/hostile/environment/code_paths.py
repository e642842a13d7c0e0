"""Tracebacks and code objects of the standard library must not tell where the image was built."""
from platform_sdk import send_output
import gc, json, re, sys, types, asyncio, random

def file_names(code):
    yield code.co_filename
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from file_names(constant)

names = set()
for thing in gc.get_objects():
    if isinstance(thing, types.FunctionType):
        names.update(file_names(thing.__code__))
for module in list(sys.modules.values()):
    names.update(str(getattr(module, at, "")) for at in ("__file__", "__cached__", "__path__"))
bad = sorted(name for name in names if re.search(r"/(root|home|work|builds?|tmp|Users|node_modules)/", name))
send_output("BREACH:" + repr(bad[:5]) if bad else "HELD:%d names, none of a host" % len(names))
