"""sys.exit without a code is a good end."""
from platform_sdk import send_output
import sys

send_output("bye")
sys.exit()
