"""Every descriptor number: read it, list it, open the host's files relative to it."""
from platform_sdk import get_input, send_output
import json, os

canary = json.loads(get_input())["canary_file"]
hits = []
for fd in [*range(0, 80), 1023, 65535, 2**31 - 1, -1, -100]:
    for path in ("etc/passwd", "../etc/passwd", "../../../../../etc/passwd", canary, canary.lstrip("/")):
        try:
            opened = os.open(path, os.O_RDONLY, dir_fd=fd)
            hits.append((fd, path, os.read(opened, 20)))
        except BaseException:
            pass
    for call in (lambda: os.listdir(fd), lambda: os.scandir(fd)):
        try:
            names = [getattr(entry, "name", entry) for entry in call()]
            if {"etc", "proc"} <= set(names) or "package.json" in names:
                hits.append((fd, names[:5]))
        except BaseException:
            pass
    if fd > 2:
        try:
            if b"CANARY" in os.pread(fd, 4096, 0):
                hits.append((fd, "canary"))
        except BaseException:
            pass
send_output("BREACH:" + repr(hits[:3]) if hits else "HELD:no descriptor leads out")
