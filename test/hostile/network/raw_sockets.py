"""Sockets of every family, kind and protocol, made by hand, and out of every descriptor."""
from platform_sdk import get_input, send_output
import json

port = int(json.loads(get_input())["port"])
hits = []
try:
    import _socket
except ImportError:
    _socket = None
if _socket:
    for family in range(0, 45):
        for kind in (1, 2, 3, 5, 10):
            try:
                made = _socket.socket(family, kind, 0)
                made.connect(("127.0.0.1", port))
                hits.append((family, kind))
            except BaseException:
                pass
    for fd in (*range(0, 30), 255, 2**31 - 1):
        for call in ("recv", "accept", "getpeername", "getsockname", "listen", "send", "detach"):
            try:
                made = _socket.socket(2, 1, 0, fileno=fd)
                got = getattr(made, call)(*((10,) if call == "recv" else (b"x",) if call == "send" else ()))
                if call not in ("detach",) and got not in (None, b"", ""):
                    hits.append((fd, call, repr(got)[:40]))
            except BaseException:
                pass
send_output("BREACH:" + repr(hits[:5]) if hits else "HELD:no socket does anything")
