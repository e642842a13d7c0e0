"""Turns single bytes all over the interpreter's memory and goes on working with what is left of it."""
from platform_sdk import send_output
import opcode, random, struct

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
while True:
    for _ in range(20):
        memory[random.randrange(1024, 5_000_000)] = random.randrange(256)
    try:
        str([{}, (1, 2.5), "text".encode()]) + repr(compile("a + 1", "x", "eval"))
    except Exception:
        pass
