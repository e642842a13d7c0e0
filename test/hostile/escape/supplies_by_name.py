"""Asks the host for what it supplies, under names that lead elsewhere: paths, inherited properties, other runs."""
from platform_sdk import send_output
import sys

supply = sys.modules["_forge"].supply
names = ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "__proto__", "constructor", "hasOwnProperty", "toString", "env", "process", "source\0", "code:../x", "library:/etc/passwd", "lib/../../x", "module:/etc/passwd",
         "x" * 1024, "x" * 1025, "x" * 10_000_000, "\udfff".encode("utf-8", "surrogatepass").decode("latin-1"), "", "\n", "secret", "key", "token", "policy", "limits", "tenant", "owner", "other/input"]
hits = []
for name in names:
    try:
        got = supply(name)
        if got is not None:
            hits.append((name[:40], bytes(got[:40])))
    except Exception:
        pass
for bad in (None, 5, b"input", ["input"], "\ud800"):
    try:
        supply(bad)
        hits.append(bad)
    except (TypeError, UnicodeEncodeError, AttributeError, ValueError):
        pass
send_output("BREACH:" + repr(hits) if hits else "HELD:%d names" % len(names))
