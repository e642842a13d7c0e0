"""First of two runs: plants a mark, and is ended in the middle of everything."""
import builtins, sys

builtins.left_by_stop = sys.modules["left_by_stop"] = sys
sys.setrecursionlimit(50)
while True:
    sys.modules["left_%d" % id(object())] = [0] * 10
