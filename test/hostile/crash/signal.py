"""Raises every signal in itself."""
from platform_sdk import send_output
import signal

send_output("HELD:before")
for number in (*range(1, 32), 6, 9, 11):
    try:
        signal.raise_signal(number)
    except (AttributeError, OSError, ValueError, KeyboardInterrupt):
        pass
