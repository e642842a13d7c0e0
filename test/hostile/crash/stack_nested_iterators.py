"""Iterators wrapped a hundred thousand times: C calls C without the interpreter ever looking at its limit."""
from platform_sdk import send_output
import itertools

send_output("HELD:before")
wrapped = iter([1])
for _ in range(100_000):
    wrapped = filter(None, wrapped)
try:
    next(wrapped)
except (RecursionError, MemoryError):
    pass
wrapped = iter([1])
for _ in range(100_000):
    wrapped = itertools.chain([0], wrapped)
try:
    list(wrapped)
except (RecursionError, MemoryError):
    pass
