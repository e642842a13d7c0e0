"""Sleeps of every length that is none: nothing may sleep for ever by accident, or not at all for ever."""
from platform_sdk import send_output
import time

ends = []
for length in (-1, -1e-9, 0, float("nan"), float("-inf"), "1", None, 1e-300, 2**63, -2**63, 1e300, float("inf"), 10**400):
    try:
        if isinstance(length, (int, float)) and 1 < length < 1e15:
            continue
        time.sleep(length)
        ends.append("slept")
    except (ValueError, TypeError, OverflowError) as error:
        ends.append(type(error).__name__)
for call in (lambda: __import__("select").select([], [], [], -1), lambda: __import__("select").poll().poll(0), lambda: __import__("select").select([0], [1], [2], 0), lambda: __import__("select").select([10**6], [], [], 0)):
    try:
        call()
    except Exception as error:
        ends.append(type(error).__name__)
send_output("HELD:" + " ".join(ends))
