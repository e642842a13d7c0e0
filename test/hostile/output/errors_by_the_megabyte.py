"""Warnings and errors in finalizers, by the megabyte, on standard error."""
import warnings

class Fails:
    def __del__(self):
        raise ValueError("x" * 500)

warnings.simplefilter("always")
while True:
    warnings.warn("w" * 500)
    Fails()
