"""Catches whatever would end it, in Python, in C and in finalizers, and goes on."""
import sys

class Again:
    def __del__(self):
        Again()
        raise SystemExit

while True:
    try:
        while True:
            try:
                Again()
                [None] * 10**8
                sys.exit(0)
            finally:
                continue
    except BaseException:
        continue
