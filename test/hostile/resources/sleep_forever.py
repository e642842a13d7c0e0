"""Sleeps past any deadline; the host must not wait for it."""
from platform_sdk import send_output
import time

time.sleep(1e6)
send_output("BREACH:slept through the deadline")
