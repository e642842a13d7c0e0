"""Bytes that are no UTF-8, cut in every place, mixed on both streams, with text in between."""
from platform_sdk import send_output
import os, sys

for piece in (b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xf0\x9f", b"\x98\x80", b"\xe2", b"\x82", b"\xac", b"\x00", b"\xfe" * 5_000, b"\xef\xbb\xbf"):
    for fd in (1, 2):
        os.write(fd, piece)
    sys.stdout.write("\u20ac")
    sys.stdout.flush()
send_output("fine")
