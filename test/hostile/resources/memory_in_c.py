"""Growth inside C code: joins, formats, sorts, translations, repeats, copies, each far beyond the cap."""
from platform_sdk import send_output
import array, io, itertools, re

block = "x" * (1 << 20)
calls = (
    lambda: "".join([block] * 4_000),
    lambda: block.replace("x", block),
    lambda: "{0:>1000000000}".format("x"),
    lambda: "%*d" % (2_000_000_000, 1),
    lambda: block.translate({120: block}),
    lambda: block.center(1 << 30),
    lambda: "\t".expandtabs(2_000_000_000),
    lambda: re.sub("x", block, block),
    lambda: list(itertools.repeat(0, 1 << 30)),
    lambda: tuple(itertools.product(range(100), repeat=5)),
    lambda: array.array("q", [0]) * (1 << 28),
    lambda: io.BytesIO().seek(1 << 30) and None,
    lambda: io.BytesIO(b"").truncate(1 << 30),
    lambda: b"x".join([b"y"] * (1 << 26)),
    lambda: sorted(range(1 << 26)),
    lambda: dict.fromkeys(range(1 << 26)),
    lambda: memoryview(bytearray(1 << 26)).tolist(),
    lambda: block.encode("utf-32").hex().encode("utf-16") * 64,
    lambda: int.from_bytes(bytes(1 << 26), "big").bit_count(),
    lambda: bytearray().extend(itertools.repeat(0)),
)
ends = []
for call in calls:
    try:
        call()
        ends.append("done")
    except (MemoryError, OverflowError, ValueError) as error:
        ends.append(type(error).__name__)
send_output("HELD:" + " ".join(ends))
