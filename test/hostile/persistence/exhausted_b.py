"""Second of two runs: has as much as any, and all of it empty."""
from platform_sdk import send_output
import builtins

kept = [bytearray(1 << 20) for _ in range(30)]
dirty = sum(block.count(0) < len(block) for block in kept)
send_output("BREACH:%d" % dirty if dirty or hasattr(builtins, "left_by_hunger") else "HELD:30 MB, empty")
