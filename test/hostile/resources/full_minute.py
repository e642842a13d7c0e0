"""A minute of everything that is allowed, up to the edge: memory, exceptions, compiling, printing, sleeping."""
from platform_sdk import send_output
import gc, time, zlib

begun = time.monotonic()
turns = 0
while time.monotonic() - begun < 60:
    kept = [bytearray(1 << 20) for _ in range(20)]
    try:
        kept.append(bytearray(200 << 20))
    except MemoryError:
        pass
    exec(compile("def f(n):\n  return f(n - 1) + 1 if n else 0\nf(200)", "turn", "exec"), {})
    zlib.decompress(zlib.compress(bytes(kept[0])))
    print("turn %d" % turns)
    turns += 1
    del kept
    gc.collect()
    time.sleep(0.05)
send_output("HELD:%d turns" % turns if turns > 20 else "INFO:%d turns" % turns)
