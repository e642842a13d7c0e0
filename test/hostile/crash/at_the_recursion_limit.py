"""Everything done with one frame left: imports, calls through the door, tracing, finalizers, errors in errors."""
from platform_sdk import call_ai, send_output
import gc, sys

send_output("HELD:before")

class Late:
    def __del__(self):
        deep()

def hook(*arguments):
    return hook

def deep():
    Late()
    try:
        deep()
    except RecursionError:
        for act in (lambda: __import__("wave"), lambda: send_output("x"), lambda: call_ai("mistral:latest", "x"), lambda: sys.settrace(hook), lambda: gc.collect(), lambda: compile("1", "x", "eval"), lambda: open("/x"), lambda: print("x"), lambda: type("X", (), {}), lambda: "x".encode("cp500"), lambda: sys.setrecursionlimit(5), lambda: repr(sys.modules)):
            try:
                act()
            except BaseException:
                pass
        raise

for limit in (60, 1_000, 2**31 - 1):
    try:
        sys.setrecursionlimit(limit)
        deep()
    except (RecursionError, MemoryError, ValueError):
        pass
sys.settrace(None)
