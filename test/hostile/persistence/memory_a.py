"""First of two runs: fill the memory with a mark."""
from platform_sdk import get_input, send_output

mark = get_input()
kept = [bytearray((mark + " ").encode() * 30_000) for _ in range(10)]
print(mark)
send_output("INFO:marked")
