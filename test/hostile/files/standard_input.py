"""Standard input: it is empty and at its end, whoever reads it, however often."""
from platform_sdk import get_input, send_output
import io, os, sys

got = []
for call in (lambda: os.read(0, 1000), lambda: os.pread(0, 10, 0), lambda: sys.stdin.read() if sys.stdin else "", lambda: io.FileIO(0, closefd=False).readall(), lambda: open(0, "rb", closefd=False).read(),
             lambda: input(), lambda: sys.stdin.buffer.raw.read(10), lambda: __import__("fileinput").input(("-",)).readline(), lambda: open("/dev/stdin").read(), lambda: __import__("getpass").getpass()):
    try:
        got.append(call())
    except BaseException:
        pass
send_output("BREACH:" + repr(got)[:100] if any(got) else "HELD:" + get_input()[:0] + "nothing")
