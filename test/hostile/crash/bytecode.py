"""Code objects made of noise, run one after the other until something gives way."""
from platform_sdk import send_output
import random

random.seed(7)
send_output("HELD:before")

def victim(a=1, b=2):
    c = a + b
    return [c, "x"]

for _ in range(20_000):
    noise = bytes(random.randrange(256) for _ in range(40))
    try:
        victim.__code__ = victim.__code__.replace(co_code=noise, co_stacksize=random.randrange(1, 50))
        victim()
    except Exception:
        pass
