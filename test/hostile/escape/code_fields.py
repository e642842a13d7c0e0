"""Code objects that lie about themselves in every field: stack, variables, names, constants, flags, lines, exceptions."""
from platform_sdk import send_output
import random, types

random.seed(11)
send_output("HELD:before")

def victim(a, *b, c=1, **d):
    try:
        e = [a, b]
        yield from (e for e in (lambda: a)() or [a])
        with open(a) as f:
            return {**d, "c": c}
    finally:
        a = len
code = victim.__code__
lies = {
    "co_argcount": (0, 1, 5, 2**31 - 1), "co_posonlyargcount": (0, 7), "co_kwonlyargcount": (0, 9, 2**31 - 1), "co_nlocals": (0, 100), "co_stacksize": (0, 1, 2**31 - 1), "co_flags": (0, 3, 0x20, 0x80, 0x200, 0x100, 2**31 - 1),
    "co_consts": ((), (1,) * 2, (code,) * 50), "co_names": ((), ("x",) * 300), "co_varnames": ((), ("a",) * 6, tuple(map(str, range(300)))), "co_freevars": ((), ("q",) * 40), "co_cellvars": ((), ("a", "z") * 20),
    "co_linetable": (b"", b"\xff" * 200, bytes(1000)), "co_exceptiontable": (b"", b"\xff" * 50, bytes(range(256)), b"\x80\x01\x02\x03" * 20), "co_firstlineno": (0, -1, 2**31 - 1), "co_filename": ("", "\0", "/etc/passwd", "x" * 100_000), "co_qualname": ("", "\x1b[2J"),
}
for turn in range(3_000):
    wrong = {name: random.choice(values) for name, values in lies.items() if random.random() < 0.15}
    try:
        made = code.replace(**wrong)
        list(made.co_lines()), list(made.co_positions()), hash(made), made == code, repr(made)
        function = types.FunctionType(made, globals(), None, (1,) * random.randrange(4), tuple(types.CellType(0) for _ in made.co_freevars) or None)
        for item in function(1, 2, c=3, x=4) or ():
            break
    except Exception:
        pass
