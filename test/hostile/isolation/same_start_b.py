"""Second of two runs: no counter shows that somebody was here before."""
from platform_sdk import send_output
import gc, sys, threading

seen = []
if any(stat["collections"] > 40 for stat in gc.get_stats()):
    seen.append("collections")
if not threading.Thread().name.endswith("-1"):
    seen.append("threads")
if len(gc.get_objects()) > 60_000:
    seen.append("objects")
if "uuid" in sys.modules and getattr(sys.modules["uuid"], "_last_timestamp", None):
    seen.append("uuid")
send_output("BREACH:" + repr(seen) if seen else "HELD:the first one here")
