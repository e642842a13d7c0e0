"""sys.exit with a text is a failure, and the text is the reason."""
import sys

sys.exit("out of coffee")
