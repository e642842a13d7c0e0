"""Structures so deep that freeing, copying or comparing them is a recursion of its own."""
from platform_sdk import send_output
import copy, functools, itertools, types

def attempt(call):
    try:
        call()
    except (RecursionError, MemoryError, ValueError, TypeError):
        pass

send_output("HELD:before")
for wrap in (lambda x: [x], lambda x: (x,), lambda x: {0: x}, lambda x: functools.partial(abs, x), lambda x: map(abs, x),
             lambda x: types.SimpleNamespace(x=x), lambda x: slice(x), lambda x: itertools.cycle(x) if hasattr(x, "__iter__") else iter([x]),
             lambda x: types.GenericAlias(list, (x,)), lambda x: types.MethodType(abs, x), lambda x: property(x)):
    deep = []
    for _ in range(100_000):
        deep = wrap(deep)
    for use in (repr, hash, copy.deepcopy, lambda x: x == copy.copy(x), bool):
        attempt(lambda: use(deep))
    del deep
