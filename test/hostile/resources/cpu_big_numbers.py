"""Powers, factorials and shifts whose result or way is enormous."""
from platform_sdk import send_output
import math

for call in (lambda: 1 << (1 << 62), lambda: 1 << (1 << 33), lambda: int("9" * 1_000_000), lambda: "%d" % (1 << 100_000),
             lambda: 10 ** 10 ** 100, lambda: range(10**30)[10**29], lambda: bytes(1 << 62), lambda: [0] * (1 << 62)):
    try:
        call()
    except (ValueError, OverflowError, MemoryError):
        pass
send_output("HELD:numbers refused")
math.factorial(10**8)
