"""Bytes that begin a character and never end it, on both streams, right before the end."""
from platform_sdk import send_output
import os

os.write(1, b"\xe2\x82\xac\xe2\x82\xac")
os.write(1, b"\xe2")
os.write(1, b"\x82")
os.write(2, b"\xf0\x9f\x98")
os.write(1, b"\xac and ")
os.write(1, b"\xe2\x82")
