"""A quarter of the memory, twice: what the first run took must be there again for the second."""
from platform_sdk import send_output

kept = [bytearray(b"x") * (1 << 20) for _ in range(30)]
send_output("%d MB" % (sum(map(len, kept)) >> 20))
