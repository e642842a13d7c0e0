"""First of two runs: plants a mark wherever it can, and brings the interpreter down."""
from platform_sdk import get_input, send_output
import builtins, os, sys

mark = get_input()
builtins.left_by_crash = sys.modules["left_by_crash"] = mark
kept = [bytearray((mark + " ").encode() * 10_000) for _ in range(50)]
sys.settrace(lambda *arguments: None)
os.abort()
