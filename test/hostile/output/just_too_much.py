"""One byte more than may be printed; what comes after it is never seen."""
import sys

sys.stdout.write("x" * 9_999)
sys.stdout.flush()
sys.stdout.write("yz")
sys.stdout.flush()
sys.stdout.write("BREACH" + ":printed")
sys.stdout.flush()
