"""Catches tuples and frames while they are being made, through the collector, and uses them."""
from platform_sdk import send_output
import gc, sys, weakref

send_output("HELD:before")
seen = []

def peeks():
    for thing in gc.get_objects():
        if type(thing) is tuple and len(thing) == 7:
            seen.append(thing)
            try:
                repr(thing), hash(thing), thing == thing
            except Exception:
                pass
    yield from range(6)

class Resurrects:
    def __del__(self):
        seen.append(self)
        for other in gc.get_referrers(self)[:5] + gc.get_referents(self)[:5]:
            try:
                other.clear()
            except Exception:
                pass

for turn in range(20):
    tuple(peeks())
    tuple([x for x in peeks()])
    one, two = Resurrects(), Resurrects()
    one.other, two.other = two, one
    reference = weakref.ref(one, lambda gone: seen.append(gone()))
    gc.callbacks.append(lambda phase, info: seen.clear())
    del one, two
    gc.collect()
    gc.callbacks.pop()
    frame = sys._getframe()
    try:
        frame.clear()
    except RuntimeError:
        pass
    seen.clear()
