"""Gives None, True, small numbers and empty texts another type and value, and lets the interpreter go on with them."""
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
for thing in (17, 255, "", b"", (), True, None, "a", type, int):
    at = id(thing)
    memory[at:at + WORD] = words(0)
    memory[at + WORD:at + 2 * WORD] = words(id(list))
    try:
        str([thing, {thing: 1}, 8 + 9])
    except Exception:
        pass
