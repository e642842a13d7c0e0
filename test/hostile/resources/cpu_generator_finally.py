"""A generator, a coroutine and a gc callback that refuse to be cleaned up when the plugin has ended."""
from platform_sdk import send_output
import gc

def stubborn():
    while True:
        try:
            yield
        except BaseException:
            pass

def endless():
    try:
        yield
    finally:
        while True:
            pass

keep = [stubborn(), endless()]
for generator in keep:
    next(generator)
gc.callbacks.append(lambda phase, info: [None for _ in iter(int, 1)])
send_output("INFO:main done")
