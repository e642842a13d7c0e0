import traceback
class Own(Exception):
    def __init__(self, code, *rest): super().__init__(code, *rest); self.code = code
    def __str__(self): return f"own {self.code}"
def levels(n):
    try:
        if n == 0: raise Own(0, "x")
        levels(n - 1)
    except Own as error:
        if n == 2: raise RuntimeError("translated") from error
        if n == 3: raise KeyError("during")
        raise
    finally:
        print("finally", n, end=" ")
for n in range(5):
    try:
        levels(n)
    except Exception as error:
        e, chain = error, []
        while e: chain.append(repr(e)); e = e.__cause__ or e.__context__
        print(chain)
def returns():
    for i in range(3):
        try: continue
        finally:
            if i == 1: break
    try: return "try"
    finally: print("leaving")
print(returns(), i if "i" in dir() else "no i")
def overrides():
    try: raise ValueError
    except ValueError: return "except"
    else: return "else"
    finally: print("f")
print(overrides())
try:
    try: 1 / 0
    except ZeroDivisionError as e: e.add_note("note 1"); e.add_note("note 2"); raise
except ZeroDivisionError as e:
    print(e.__notes__, "".join(traceback.format_exception_only(e)))
try: e
except NameError as error: print(error)
group = ExceptionGroup("g", [ValueError(1), TypeError("t"), ExceptionGroup("h", [KeyError("k"), ValueError(2)])])
print(group.subgroup(ValueError), group.split(lambda x: isinstance(x, KeyError)), group.exceptions, repr(group.derive([OSError(1)])))
try:
    try: raise group
    except* ValueError as eg: print("values", [str(x) for x in eg.exceptions]); raise OSError("new")
    except* KeyError as eg: print("keys", eg.exceptions)
except BaseExceptionGroup as rest:
    print(repr(rest))
try: raise Own(5) from None
except Own as error: print(error, error.args, error.__suppress_context__, error.__cause__)
for bad in ("raise 5", "raise ValueError from 5", "raise Exception, 1", "assert 0, 'msg'", "assert (1, 'x')", "raise type('T', (), {})"):
    try: exec(bad)
    except Exception as error: print(bad, type(error).__name__, error)
    else: print(bad, "fine")
print([c.__name__ for c in (KeyError, FileNotFoundError, UnicodeDecodeError, RecursionError, ModuleNotFoundError) for c in c.__mro__][:20])
try: open("/no/such/file")
except OSError as error: print(type(error).__name__, error.strerror, error.filename)
def deep(n): return deep(n + 1)
try: deep(0)
except RecursionError as error: print(str(error)[:35])
def first():
    second()
def second():
    raise LookupError("at the end")
first()
