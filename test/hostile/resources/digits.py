"""Numbers as texts and texts as numbers, with the interpreter's own limit taken away."""
import sys

sys.set_int_max_str_digits(0)
number = 1 << 3_000_000
while True:
    number = int(str(number)) + 1
