"""Every opcode, adaptive and internal ones included, with absurd arguments on an empty and on a full stack."""
from platform_sdk import send_output
import opcode

send_output("HELD:before")

def victim(a=(), b={}, c=None):
    return [a, b, c]

load = bytes([opcode.opmap["LOAD_FAST"], 0]) * 12
for full in (b"", load):
    for number in range(1, 256):
        for argument in (0, 1, 127, 255):
            wide = bytes([opcode.opmap["EXTENDED_ARG"], argument]) * (3 if argument > 1 else 0)
            code = bytes([opcode.opmap["RESUME"], 0]) + full + wide + bytes([number, argument]) + bytes(8) + bytes([opcode.opmap["RETURN_VALUE"], 0])
            try:
                victim.__code__ = victim.__code__.replace(co_code=code, co_stacksize=40)
                victim()
            except Exception:
                pass
