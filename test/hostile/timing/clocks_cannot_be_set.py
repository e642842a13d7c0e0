"""Clocks set, bent and asked for by every number."""
from platform_sdk import send_output
import os, time

hits = []
before = time.time()
send_output("HELD:before")
for call in (lambda: time.clock_settime(0, 0), lambda: time.clock_settime_ns(0, 0), lambda: __import__("ctypes").CDLL(None).settimeofday(0, 0), lambda: os.utime("/", (0, 0))):
    try:
        call()
        hits.append("set")
    except BaseException:
        pass
known = []
for number in (*range(-1, 20), 2**31 - 1, -2**31):
    try:
        known.append((number, time.clock_gettime(number)))
        time.clock_getres(number)
    except (OSError, OverflowError):
        pass
os.environ["TZ"] = ":/etc/localtime"
try:
    time.tzset()
except AttributeError:
    pass
if abs(time.time() - before) > 60 or time.localtime(0).tm_gmtoff:
    hits.append("moved")
send_output("BREACH:" + repr(hits) if hits else "HELD:%d clocks" % len(known))
