"""Marshalled noise, and a real code object with one bit turned, loaded and run."""
from platform_sdk import send_output
import marshal, random

random.seed(3)
send_output("HELD:before")
real = marshal.dumps(compile("x = [i for i in range(3)]\ndef f(a, *b): return (a, b)\nf(1, 2)", "x", "exec"))
for _ in range(20_000):
    data = bytearray(real)
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    try:
        exec(marshal.loads(bytes(data)), {})
    except Exception:
        pass
