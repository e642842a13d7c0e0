"""Leaves from a finalizer, from a hook and from an exit function: the failure before them is what counts."""
import atexit, os, sys

class Leaves:
    def __del__(self):
        raise SystemExit(0)

atexit.register(sys.exit, 0)
sys.excepthook = lambda *arguments: sys.exit(0)
sys.unraisablehook = lambda *arguments: sys.exit(0)
kept = Leaves()
del kept
raise RuntimeError("this is a failure")
