"""Decoders whose time grows with the square of the text."""
from platform_sdk import send_output

try:
    ("\u4e2d" * 1_500_000).encode("punycode")
    ("xn--" + "a" * 3_000_000).encode().decode("punycode")
except Exception:
    pass
while True:
    ("\u4e2d\u6587" * 50_000).encode("punycode")
