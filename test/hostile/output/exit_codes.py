"""sys.exit with a number that no system knows is a failure too."""
import sys

sys.exit(2**40 + 256)
