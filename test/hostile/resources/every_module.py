"""Imports all of the library, one module after the other: none hangs, opens something, or brings the host down."""
from platform_sdk import send_output
import sys

loaded = failed = 0
for name in sorted(sys.stdlib_module_names - {"this", "antigravity", "__main__"}):
    try:
        __import__(name)
        loaded += 1
    except Exception:
        failed += 1
send_output("HELD:%d modules, %d missing" % (loaded, failed) if loaded > 150 else "INFO:%d" % loaded)
