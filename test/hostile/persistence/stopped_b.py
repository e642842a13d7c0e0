"""Second of two runs: nothing of it."""
from platform_sdk import send_output
import builtins, sys

seen = [hasattr(builtins, "left_by_stop"), any(name.startswith("left_") for name in sys.modules), sys.getrecursionlimit() < 500]
send_output("BREACH:" + repr(seen) if any(seen) else "HELD:new")
