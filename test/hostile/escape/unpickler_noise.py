"""Pickles of noise, with sizes and memo places at the edges of numbers."""
from platform_sdk import send_output
import pickle, random, struct

random.seed(5)
send_output("HELD:before")
edges = (0, 1, 2**31 - 1, 2**31, 2**32 - 1)
for edge in edges:
    for data in (b"N" + b"r" + struct.pack("<I", edge) + b".", b"j" + struct.pack("<I", edge) + b".", b"B" + struct.pack("<I", edge) + b"x.", b"X" + struct.pack("<I", edge) + b"x.", b"\x8e" + struct.pack("<Q", edge << 20) + b"x.",
                 b"\x96" + struct.pack("<Q", edge) + b"x.", b"\x95" + struct.pack("<Q", edge) + b"N.", b"\x8b" + struct.pack("<i", -1) + b".", b"\x84" + struct.pack("<I", edge) + b".", b"p%d\nN." % edge, b"L%dL\n." % edge):
        try:
            pickle.loads(b"\x80\x05" + data)
        except Exception:
            pass
good = pickle.dumps([{"a": (1, 2.5, b"x", "y" * 300)}, set((1, 2)), slice(1), complex(1, 2), Exception("x")], 5)
for _ in range(20_000):
    bad = bytearray(good)
    for _ in range(random.randrange(1, 6)):
        bad[random.randrange(2, len(bad))] = random.randrange(256)
    try:
        pickle.loads(bytes(bad))
    except Exception:
        pass
