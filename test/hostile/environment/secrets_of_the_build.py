"""What the build may have left in the image: paths, users, hosts, options, times, in constants and documents of every module."""
from platform_sdk import send_output
import gc, sys, types

for name in ("sysconfig", "platform", "site", "_sysconfigdata__wasi_wasm32-wasi", "distutils.sysconfig", "pydoc_data.topics", "build_details", "asyncio", "ssl", "tkinter", "lib2to3", "ensurepip", "json", "decimal", "zoneinfo"):
    try:
        __import__(name)
    except ImportError:
        pass
texts, seen = set(), set()
def collect(thing, depth=0):
    if isinstance(thing, str):
        texts.add(str(thing))
    elif isinstance(thing, bytes):
        texts.add(thing.decode("latin-1"))
    elif depth < 6 and id(thing) not in seen:
        seen.add(id(thing))
        if isinstance(thing, types.CodeType):
            collect((thing.co_filename, thing.co_consts, thing.co_names), depth + 1)
        elif isinstance(thing, types.FunctionType):
            collect((thing.__code__, thing.__doc__), depth + 1)
        elif isinstance(thing, dict):
            for item in list(thing.items()):
                collect(item, depth + 1)
        elif isinstance(thing, (list, tuple, set, frozenset)):
            for item in list(thing):
                collect(item, depth + 1)
for thing in gc.get_objects():
    collect(thing, 1)
for module in list(sys.modules.values()):
    collect(vars(module) if hasattr(module, "__dict__") else {}, 1)
marks = ("/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "node_mod" + "ules", "BEGIN " + "RSA", "BEGIN " + "OPENSSH", "@bui" + "ld", "regis" + "try.np", "/tmp/b" + "uild", "packages/python" + "-runtime")
found = sorted({text[max(0, text.find(mark) - 20):][:60] for text in texts.difference(marks) for mark in marks if mark in text})
# Documents and tests of the library name such places as examples.
found = [text for text in found if not any(example in text for example in ("/home/user", "/home/guido", "/home/foo", "/home/example", "~", "monty"))]
send_output("BREACH:" + repr(found[:5]) if found else "HELD:%d texts" % len(texts))
