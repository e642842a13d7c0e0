"""Where the door is a file, a request that comes in single bytes, in no bytes at all, and never whole."""
from platform_sdk import send_output
import os

send_output("HELD:before")
try:
    request = os.open("/forge/request", os.O_WRONLY)
except OSError:
    raise SystemExit
os.write(request, b"\x02\x00\x00\x00\x00\x00\x00\x00\x02")
while True:
    os.writev(request, [b""] * 1000) if hasattr(os, "writev") else os.write(request, b"")
    for _ in range(1000):
        os.write(request, b"")
        os.write(request, b"x")
