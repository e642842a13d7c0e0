"""Leaves holes of all sizes, then asks for what does not fit into any of them."""
from platform_sdk import send_output
import random

random.seed(1)
kept = []
try:
    while True:
        kept.append(bytearray(random.choice((24, 600, 4_000, 70_000, 900_000))))
except MemoryError:
    pass
size = sum(map(len, kept))
random.shuffle(kept)
del kept[len(kept) // 2:]
refused = 0
for _ in range(2_000):
    try:
        kept.append(bytearray(random.choice((8_000_000, 64_000_000, 2_000_000_000))))
        kept.pop()
    except MemoryError:
        refused += 1
kept.clear()
send_output("HELD:%d of 2000 refused" % refused if size < 64 << 20 else "BREACH:%d bytes under a cap of 64 MB" % size)
