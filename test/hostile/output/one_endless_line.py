"""One line that never ends, on standard output."""
import sys

while True:
    sys.stdout.write("x" * 1000)
