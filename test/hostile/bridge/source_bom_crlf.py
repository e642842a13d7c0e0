"""A source as some editors write it: byte order mark, CRLF, no newline at the end."""
from platform_sdk import send_output

def f():
    return """two
lines"""

send_output(repr(f()) + " " + __name__)