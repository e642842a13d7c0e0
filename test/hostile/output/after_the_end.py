"""Finalizers, exit functions and gc callbacks that go on printing and sending when the plugin has ended."""
from platform_sdk import send_output
import atexit, gc, os, sys, weakref

class Talks:
    def __del__(self):
        for _ in range(100_000):
            os.write(1, b"late " * 100)
            send_output("late " * 100)

def late():
    for _ in range(100_000):
        sys.stdout.write("late " * 100)

one, two = Talks(), Talks()
one.other, two.other = two, one
weakref.finalize(Talks, late)
atexit.register(late)
gc.callbacks.append(lambda phase, info: late())
send_output("INFO:main done")
