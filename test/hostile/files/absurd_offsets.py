"""Reads, writes, seeks and sizes at the edges of what a number can be, on every descriptor that may be there."""
from platform_sdk import send_output
import os

edges = (0, 1, -1, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53, 2**63 - 1, -2**63)
outcomes = set()
try:
    extra = [os.open(os.__file__, os.O_RDONLY), os.open("/", os.O_RDONLY)]
except OSError:
    extra = []
for fd in (0, *range(3, 12), *extra, 255, 2**31 - 1, -1):
    for edge in edges:
        for call in (lambda: os.lseek(fd, edge, os.SEEK_SET), lambda: os.lseek(fd, edge, os.SEEK_CUR), lambda: os.lseek(fd, edge, os.SEEK_END), lambda: os.pread(fd, 16, edge),
                     lambda: os.pwrite(fd, b"x", edge), lambda: os.ftruncate(fd, edge), lambda: os.posix_fallocate(fd, edge, edge), lambda: os.posix_fadvise(fd, edge, edge, 0),
                     lambda: os.preadv(fd, [bytearray(4)] * 1024, edge), lambda: os.pwritev(fd, [b"x"] * 1024, edge), lambda: os.readv(fd, [bytearray(1)] * 2000), lambda: os.fstat(fd),
                     lambda: os.utime(fd, ns=(edge, edge)), lambda: os.dup2(fd, edge), lambda: os.set_blocking(fd, False), lambda: os.lseek(fd, 0, edge)):
            try:
                outcomes.add(type(call()).__name__)
            except BaseException as error:
                outcomes.add(type(error).__name__)
send_output("HELD:" + " ".join(sorted(outcomes)))
