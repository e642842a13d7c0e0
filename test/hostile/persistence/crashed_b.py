"""Second of two runs: a new interpreter, with nothing of it."""
from platform_sdk import send_output
import builtins, gc, sys

seen = [hasattr(builtins, "left_by_crash"), "left_by_crash" in sys.modules, sys.gettrace() is not None]
blocks = [bytes(bytearray(100_000)) for _ in range(50)]
send_output("BREACH:" + repr(seen) if any(seen) or any(block.count(0) < len(block) for block in blocks) else "HELD:new")
