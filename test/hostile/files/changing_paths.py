"""Paths that are another path each time they are asked for, of every type that can name a file."""
from platform_sdk import get_input, send_output
import json, os

canary = json.loads(get_input())["canary_file"]
hits = []

class Fickle:
    def __init__(self, *names):
        self.names = list(names)
    def __fspath__(self):
        return self.names.pop(0) if len(self.names) > 1 else self.names[0]

class Text(str):
    def __str__(self):
        return canary
    def encode(self, *arguments):
        return canary.encode()
    def __fspath__(self):
        return canary

class Bytes(bytes):
    def __fspath__(self):
        return canary.encode()
    def decode(self, *arguments):
        return canary

class Loops:
    def __fspath__(self):
        return self

candidates = [Fickle("/lib", canary), Fickle("x", canary, "/etc/passwd"), Text("/lib"), Bytes(b"/lib"), Loops(), bytearray(canary.encode()),
              memoryview(canary.encode()), canary.encode("utf-16"), True, 3, -1, 2**31, 2**64, 3.5, "\ud800" + canary, canary + "\0", "\0" + canary,
              "a" * 4_000_000, "/" * 1_000_000 + "etc/passwd", "../" * 300_000 + "etc/passwd", "./" * 300_000 + canary, "\u2024\u2024/etc/passwd",
              "\uff0e\uff0e\uff0fetc\uff0fpasswd", "..\\..\\..\\etc\\passwd", "C:\\Windows\\win.ini", "~root/.profile", "$HOME/.profile", "etc/passwd\n"]
for path in candidates:
    for call in (lambda: open(path, "rb").read(100), lambda: os.read(os.open(path, os.O_RDONLY), 100), lambda: repr(os.listdir(path)).encode(),
                 lambda: os.stat(path) and b"" , lambda: os.chdir(path) or open("etc/passwd", "rb").read(100)):
        try:
            got = call()
            if b"CANARY" in got or b"root:" in got:
                hits.append(repr(path)[:60])
        except BaseException:
            pass
send_output("BREACH:" + repr(hits[:3]) if hits else "HELD:%d names" % len(candidates))
