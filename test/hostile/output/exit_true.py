"""True is 1, which is a failure."""
import sys

sys.exit(True)
