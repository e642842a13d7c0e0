"""The monotonic clock begins with the run: how long the host has been up is nobody's business."""
from platform_sdk import send_output
import time

ages = [time.monotonic(), time.perf_counter(), time.clock_gettime(time.CLOCK_MONOTONIC)]
send_output("BREACH:" + repr(ages) if max(ages) > 60 or min(ages) < 0 else "HELD:young")
