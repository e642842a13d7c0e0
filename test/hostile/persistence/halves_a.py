"""First of two runs: ends in the middle of what it says, on every stream: half a character, half a line, buffers that nobody emptied."""
import os, sys

mark = "of-the" + "-first"
for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
    for _ in range(150):
        stream.write(".")
        stream.flush()
    own = open(number, "w", buffering=4096, closefd=False)
    own.write(mark)
    setattr(sys, f"own_{number}", own)
    stream.write(mark)
    stream.buffer.write(mark.encode())
    os.write(number, b"\n\xf0\x9f")
os._exit(0)
