"""So does the system's random source."""
from platform_sdk import send_output
import os

send_output(os.urandom(16).hex())
