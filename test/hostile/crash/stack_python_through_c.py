"""Python called from C called from Python, in a dozen places, with the limit raised."""
from platform_sdk import send_output
import functools, operator, re, sys

sys.setrecursionlimit(1_000_000)
send_output("HELD:before")

class Everything:
    def __getattr__(self, name):
        return getattr(self, name + "x" if len(name) < 100 else name)
    def __eq__(self, other):
        return self == other
    def __hash__(self):
        return hash(self)
    def __repr__(self):
        return repr(self)
    def __lt__(self, other):
        return sorted([self, other])
    def __iter__(self):
        return iter(self.__class__ and list(self))
    def __instancecheck__(self, other):
        return isinstance(other, self)
    def __format__(self, spec):
        return format(self, spec)
    def __int__(self):
        return int(self)
    def __call__(self, *arguments):
        return functools.reduce(self, arguments, self)
    def __bool__(self):
        return not self
    def __len__(self):
        return len(self)

it = Everything()
for call in (lambda: it.y, lambda: it == it, lambda: hash(it), lambda: repr(it), lambda: it < it, lambda: list(it), lambda: isinstance(1, it),
             lambda: f"{it:>9}", lambda: int(it), lambda: it(1, 2), lambda: bool(it), lambda: len(it), lambda: re.sub(".", it, "abc"),
             lambda: operator.attrgetter("a.b.c")(it)):
    try:
        call()
    except (RecursionError, MemoryError, TypeError, AttributeError):
        pass
