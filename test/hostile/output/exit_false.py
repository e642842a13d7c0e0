"""False is 0, which is none."""
from platform_sdk import send_output
import sys

send_output("fine")
sys.exit(False)
