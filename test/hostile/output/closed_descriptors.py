"""Closes and exchanges its own standard descriptors: what is sent arrives all the same."""
from platform_sdk import send_output
import os

for fd in (*range(0, 12), -1, 10**6):
    for call in (lambda: os.close(fd), lambda: os.dup2(0, fd), lambda: os.closerange(0, 100), lambda: os.dup(fd)):
        try:
            call()
        except (OSError, AttributeError, OverflowError):
            pass
send_output("fine")
