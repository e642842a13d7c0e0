"""Endings that are no errors elsewhere: generators, keyboards, iteration."""
try:
    raise KeyboardInterrupt
except KeyboardInterrupt as first:
    raise StopAsyncIteration from first
