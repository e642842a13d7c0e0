"""Everything but a text is given to send_output."""
from platform_sdk import send_output

class Raises:
    def __str__(self):
        raise LookupError("no text")

class NoText:
    def __str__(self):
        return 5

class Leaves:
    def __str__(self):
        raise KeyboardInterrupt

class Text(str):
    def __str__(self):
        return "lies"
    def encode(self, *arguments):
        return b"\xff\xfe"

for value in (None, 0, b"\xff", [1, "a"], {"a": 1}, Raises(), NoText(), Leaves(), Text("true"), object, ..., "x" * 17_000_000):
    try:
        send_output(value)
    except (LookupError, TypeError, KeyboardInterrupt, RecursionError, AttributeError, UnicodeError):
        pass
    except Exception:
        pass
