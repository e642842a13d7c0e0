"""Reads, writes and waits on every number as if a connection of the host's were behind it."""
from platform_sdk import send_output
import os, select

hits = []
for fd in (*range(3, 40), 100, 255, 1023, 65_535, 2**31 - 1):
    for name, call in (("write", lambda: os.write(fd, b"GET / HTTP/1.0\r\n\r\n")), ("read", lambda: os.read(fd, 100)), ("select", lambda: select.select([fd], [fd], [], 0)[:2]), ("poll", lambda: (lambda poll: (poll.register(fd), poll.poll(0))[1])(select.poll())),
                       ("stat", lambda: os.fstat(fd).st_mode & 0o170000 == 0o140000), ("tty", lambda: os.isatty(fd)), ("blocking", lambda: os.get_blocking(fd) and None), ("pipe", lambda: os.fstat(fd).st_mode & 0o170000 == 0o010000)):
        try:
            got = call()
            if got not in (None, False, b"", 0) and name in ("read", "stat", "tty", "pipe", "write"):
                hits.append((fd, name, repr(got)[:40]))
        except BaseException:
            pass
# The stock runtime's door is a pair of files, which are none of the host's.
hits = [hit for hit in hits if not os.path.exists("/forge/request")]
send_output("BREACH:" + repr(hits[:5]) if hits else "HELD:nothing behind any number")
