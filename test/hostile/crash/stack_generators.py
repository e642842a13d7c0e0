"""Generators, coroutines and awaitables in chains of a hundred thousand, run, thrown into, closed and let go."""
from platform_sdk import send_output

send_output("HELD:before")

def link(inner):
    yield from inner

async def wait(inner):
    return await inner

class Awaits:
    def __init__(self, inner):
        self.inner = inner
    def __await__(self):
        return self.inner.__await__() if hasattr(self.inner, "__await__") else iter(())

for make, first in ((link, ()), (wait, None), (Awaits, None), (lambda inner: (x for x in inner), iter([1])), (lambda inner: zip(inner), iter([1])), (lambda inner: enumerate(inner), iter([1])), (lambda inner: map(lambda x: x, inner), iter([1])), (lambda inner: reversed([inner]), [])):
    for use in (lambda x: next(x), lambda x: x.send(None), lambda x: x.throw(ValueError), lambda x: x.close(), lambda x: list(x), lambda x: x.__await__(), lambda x: repr(x), lambda x: None):
        deep = first
        for _ in range(30_000):
            deep = make(deep)
        try:
            use(deep)
        except (RecursionError, MemoryError, ValueError, TypeError, AttributeError, StopIteration, RuntimeError):
            pass
        del deep
