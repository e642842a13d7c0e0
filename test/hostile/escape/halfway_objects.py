"""Objects made without being made: __new__ alone, __setstate__ with nonsense, attributes deleted, classes exchanged."""
from platform_sdk import send_output
import gc

send_output("HELD:before")

def attempt(call):
    try:
        return call()
    except Exception:
        return None

def below(cls, seen):
    for sub in type.__subclasses__(cls):
        if sub not in seen:
            seen.add(sub)
            below(sub, seen)
    return seen

for module in ("collections", "io", "itertools", "functools", "decimal", "datetime", "json", "re", "asyncio", "pickle", "csv", "struct", "hashlib", "zlib", "bz2", "lzma", "sqlite3", "xml.etree.ElementTree", "array", "random", "zoneinfo", "ssl", "select", "mmap", "operator", "contextvars", "weakref"):
    attempt(lambda: __import__(module))
junk = (None, -1, 2**31, "", b"\xff" * 9, (), (1,) * 9, [], {}, {"a": 1}, object(), int, 1.5, len)
for cls in sorted(below(object, set()), key=lambda each: (each.__module__, each.__name__)):
    if cls.__module__ in ("platform_sdk", "__main__", "_forge_run") or cls.__name__ in ("BuiltinImporter", "FrozenImporter"):
        continue
    thing = attempt(lambda: cls.__new__(cls)) or attempt(lambda: object.__new__(cls))
    if thing is None:
        continue
    for name in ("__repr__", "__hash__", "__len__", "__iter__", "__next__", "__call__", "__reduce__", "__sizeof__", "__enter__", "close", "read", "send", "get", "update", "feed", "__copy__", "digest", "clear"):
        attempt(lambda: getattr(thing, name)())
    for value in junk:
        attempt(lambda: thing.__setstate__(value))
        attempt(lambda: thing.__init__(value))
        attempt(lambda: thing.__init__(value, value))
    attempt(lambda: thing.__dict__.clear())
    attempt(lambda: repr(thing))
gc.collect()
