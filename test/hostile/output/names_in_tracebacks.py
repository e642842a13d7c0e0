"""Functions, classes, files and modules whose names are colours, line ends, paths and megabytes, all in one traceback."""

def frame(name, inner):
    code = (lambda: inner()).__code__.replace(co_name=name, co_qualname=name, co_filename=name, co_firstlineno=2**31 - 1)
    return type(frame)(code, {}, None, None, (type(frame.__closure__ or (lambda: inner).__closure__[0])(inner),))

class Odd(Exception):
    pass
Odd.__name__ = Odd.__qualname__ = "E\x1b[31m\r\n\0\u202e"
Odd.__module__ = "\n/etc/passwd"

def end():
    raise Odd("\x1b[2J\r\n\0 at /etc/passwd\n  File \"/etc/shadow\", line 1")
call = end
for name in ("\x1b[2J", "a\nb", "/etc/passwd", "", "\0", "x" * 1_000_000, "<frozen _forge_run>", "_forge_run", "\u202e", "<plugin>", "node:internal/process"):
    call = frame(name, call)
call()
