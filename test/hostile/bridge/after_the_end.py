"""Model calls from exit functions and finalizers, without end."""
from platform_sdk import call_ai, send_output
import atexit

class Late:
    def __del__(self):
        while True:
            try:
                call_ai("mistral:latest", "late")
            except Exception:
                return

keep = Late()
keep.keep = keep
atexit.register(Late)
send_output("INFO:main done")
