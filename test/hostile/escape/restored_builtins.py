"""Import filters and missing builtins are no wall: whatever is taken away can be had again, and still leads nowhere."""
from platform_sdk import call_ai, send_output
import sys

saved = sys.modules.copy()
for name in ("os", "posix", "builtins", "io", "importlib", "socket"):
    sys.modules.pop(name, None)
scope = {"__builtins__": {}}
got = []
for text in ("().__class__.__base__.__subclasses__()", "[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == 'BuiltinImporter'][0].load_module('posix').open('/etc/passwd', 0)",
             "(lambda f: f.__globals__)(lambda: 0)['__builtins__']", "(x for x in ()).gi_frame.f_builtins['open']('/etc/passwd')", "().__reduce_ex__(2)[0].__globals__['sys'].modules['posix'].system('true')",
             "'{0.__class__.__init__.__globals__}'.format(type('X', (), {'__init__': lambda s: 0})())", "\uff47\uff45\uff54\uff41\uff54\uff54\uff52((), '__class__')", "[].__class__.__mro__[1].__subclasses__()[-1].__init__.__globals__['__builtins__']['__import__']('os').listdir('/etc')"):
    try:
        got.append(eval(text, dict(scope)))
    except BaseException:
        pass
sys.modules.update(saved)
answers = 0
for _ in range(5):
    try:
        answers += bool(call_ai("mistral:latest", "again"))
    except Exception:
        pass
loot = [each for each in got if isinstance(each, int) and each > 2 or isinstance(each, list) and "passwd" in each or hasattr(each, "read")]
send_output("BREACH:" + repr(loot) if loot or answers > 1 else "HELD:%d expressions ran, and reached nothing" % len(got))
