"""First of two runs: takes all memory, and ends holding it."""
import builtins

builtins.left_by_hunger = kept = []
size = 1 << 22
while True:
    try:
        kept.append(bytearray(b"\xa5") * size)
    except MemoryError:
        if size < 4096:
            raise
        size //= 2
