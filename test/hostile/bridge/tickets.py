"""Tickets of calls that were never made, are over, or are somebody else's; begun and never fetched; cancelled without end."""
from platform_sdk import send_output
import sys

call = sys.modules["_forge"].call
begun, odd = 0, []
for turn in range(40):
    begun += call("begin", b'{"call":{"op":"call_ai","model":"mistral:latest","prompt":"x"},"stream":true}').startswith(b'{"ok":')
for ticket in (b"0", b"-1", b"1e9", b"9007199254740993", b"1.5", b'"1"', b"null", b"[1]", b"{}", b"99", b"1e999", b"true"):
    for op, data in (("next", b'{"tickets":[%s],"timeout_ms":1}'), ("cancel", b'{"ticket":%s}'), ("next", b'{"tickets":[%s,%s,%s],"timeout_ms":-1}'.replace(b"%s,%s,%s", b",".join([b"%s"] * 3))), ("next", b'{"tickets":[%s],"timeout_ms":1e400}')):
        try:
            reply = call(op, data.replace(b"%s", ticket))
            if b"ECHO" in reply and ticket not in (b"0", b"1"):
                odd.append((op, ticket, reply[:40]))
        except Exception:
            pass
try:
    call("next", b'{"tickets":[' + b",".join(b"%d" % n for n in range(100_000)) + b"]}")
    for _ in range(200):
        call("cancel", b'{"ticket":1}')
except Exception:
    pass
send_output("BREACH:%d %r" % (begun, odd[:2]) if begun > 5 or odd else "HELD:%d begun" % begun)
