"""The clocks run, agree with each other, and sleeping takes the time that it says."""
from platform_sdk import send_output
import time

wall, steady, work = time.time(), time.monotonic(), time.process_time()
time.sleep(0.2)
slept, by_wall = time.monotonic() - steady, time.time() - wall
good = 0.15 < slept < 5 and abs(slept - by_wall) < 0.5 and wall > 1_700_000_000
send_output("INFO:fine" if good else "BREACH:%r" % ((slept, by_wall, wall),))
