"""Values that JSON cannot say, or can but should not: endless, circular, deep, lying, with keys that mean something elsewhere."""
from platform_sdk import send_output
import collections, enum

class Lies(dict):
    def items(self):
        return iter([("__proto__", {"polluted": True})] * 3)
    def __len__(self):
        return -1
    def __str__(self):
        return "lies"

class Endless(list):
    def __iter__(self):
        while True:
            yield 0
            if len(seen) < 5_000:
                seen.append(1)
            else:
                raise StopIteration

seen = []
circle = []
circle.append(circle)
deep = 0
for _ in range(50_000):
    deep = [deep]
values = [float("nan"), [float("inf")], {"a": -0.0}, [10**400], {1: 2, "1": 3, None: 4, True: 5}, {("a",): 1}, [b"x", ...], circle, deep, Lies(), Endless(), {"__proto__": {"polluted": True}, "constructor": {"prototype": 1}, "toJSON": "x", "then": "y"}, {"\ud800": "\udfff", "\0": "\0"},
          [1] * 200_000, {"k%d" % n: n for n in range(50_000)}, (2**53 + 1, 2**64, 1e308 * 10), collections.namedtuple("T", "a b")(1, 2), [enum.IntEnum("E", "a").a], {"x" * 100_000: 1}, [[]] * 20_000]
ends = set()
for value in values:
    try:
        send_output(value) if ends else send_output("HELD:begun")
        ends.add("sent")
    except Exception as error:
        ends.add(type(error).__name__)
