"""Exhausts the memory in small pieces, again and again, and must go on normally in between."""
from platform_sdk import send_output

class Node:
    def __init__(self, rest):
        self.rest = rest
        self.load = bytes(400)

reached = []
for _ in range(3):
    chain, count = None, 0
    try:
        while True:
            chain = Node(chain)
            count += 1
    except MemoryError:
        reached.append(count)
    while chain is not None:  # without recursion
        chain = chain.rest
steady = min(reached) > max(reached) // 2
send_output("HELD:three times" if steady else "INFO:%r" % reached)
