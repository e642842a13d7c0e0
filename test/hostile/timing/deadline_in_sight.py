"""Sleeps to just before its end, again and again, to be doing something when the end comes."""
from platform_sdk import send_output
import time

begun = time.monotonic()
turn = 0
while True:
    left = 1.5 - (time.monotonic() - begun)
    time.sleep(max(left / 2, 0.0005))
    turn += 1
    if turn % 50 == 0:
        print("still here")
