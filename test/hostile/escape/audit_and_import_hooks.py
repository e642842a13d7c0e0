"""Listens to everything that the interpreter does from now on, its end included, for what is the host's."""
from platform_sdk import send_output
import atexit, builtins, sys

heard = []
def listen(event, arguments):
    text = repr(arguments)[:500]
    if any(mark in text for mark in ("CANARY", "/root", "node_modules", "/work/", "HOST_")):
        heard.append((event, text[:80]))
sys.addaudithook(listen)

class Finder:
    def find_spec(self, name, path=None, target=None):
        listen("find", (name, path))
sys.meta_path.insert(0, Finder())
def hook(path):
    listen("path", (path,))
    raise ImportError
sys.path_hooks.insert(0, hook)
original = builtins.__import__
builtins.__import__ = lambda *arguments, **options: (listen("import", arguments[:1]), original(*arguments, **options))[1]
for name in ("colorsys", "wave", "nonexistent_module", "encodings.cp037", "zoneinfo", "asyncio", "unicodedata", "_codecs_jp"):
    try:
        __import__(name)
    except ImportError:
        pass
compile("1", "<x>", "eval"), "x".encode("cp500"), __import__("importlib.resources", fromlist=["x"])
atexit.register(lambda: heard and print("BREACH" + ":" + repr(heard[:3])))
send_output("BREACH:" + repr(heard[:3]) if heard else "HELD:heard nothing of the host")
