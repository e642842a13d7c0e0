"""Memory filled with frames, and with tracebacks of them: the plainest recursion, deeper than there is room for, again and again."""
from platform_sdk import send_output
import sys

sys.setrecursionlimit(10_000_000)

def plain():
    plain()

def handling():
    try:
        handling()
    finally:
        str(1)

def delegating(n):
    yield from delegating(n + 1)

def of_slots():
    Nested()

class Nested:
    __slots__ = ("inner",)

    def __init__(self):
        self.inner = Nested()

ends = []
for attempt in (plain, handling, of_slots, lambda: next(delegating(0)), plain):
    try:
        attempt()
        ends.append("came back")
    except (MemoryError, RecursionError, SystemError) as error:
        ends.append(type(error).__name__)
    kept = [bytes(1000) for _ in range(4000)]
    del kept
send_output("BREACH:" + repr(ends) if "came back" in ends else "HELD:" + " ".join(ends))
