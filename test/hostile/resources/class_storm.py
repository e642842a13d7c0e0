"""Classes, functions, modules and interned names without end: what interpreters think that there are few of."""
from platform_sdk import send_output
import sys

kept, ends = [], []
for make in (lambda n: type("C%d" % n, (object,), {"__slots__": ("a", "b")}), lambda n: sys.intern("name-%d" % n * 20), lambda n: sys.modules.__setitem__("m%d" % n, n), lambda n: compile("x%d = %d" % (n, n), "f%d" % n, "exec"), lambda n: setattr(sys, "a%d" % n, n)):
    try:
        for turn in range(10**9):
            kept.append(make(turn))
    except MemoryError:
        kept.clear()
        ends.append("MemoryError")
send_output("HELD:" + " ".join(ends))
