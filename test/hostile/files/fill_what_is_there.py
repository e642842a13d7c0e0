"""Whatever can be written is filled: bytes, names, folders in folders, open files. There must be an end to it."""
from platform_sdk import send_output
import os

def until_refused(step, most):
    for turn in range(most):
        try:
            step(turn)
        except (OSError, MemoryError, RecursionError):
            return turn
    return most

opened, got = [], []
def hold(turn):
    opened.append(os.open("/lib/python313.zip" if turn < 0 else ".", os.O_RDONLY))
def grow(turn):
    with open("filler", "ab") as file:
        file.write(bytes(1 << 20))
def name(turn):
    open("name-%d-%s" % (turn, "n" * 200), "w").close()
def deep(turn):
    os.mkdir("deep")
    os.chdir("deep")
for step, most in ((hold, 100_000), (grow, 300), (name, 300_000), (deep, 100_000)):
    got.append("%s %d" % (step.__name__, count := until_refused(step, most)))
    if count == most:
        got.append("BREACH:without end")
for fd in opened:
    os.close(fd)
send_output(("BREACH:" if "BREACH:" in repr(got) else "HELD:") + ", ".join(got))
