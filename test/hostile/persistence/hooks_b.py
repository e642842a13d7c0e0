"""Second of two runs: none of it is left."""
from platform_sdk import send_output
import codecs, collections.abc, copyreg, decimal, gc, json, random, re, sys, warnings

seen = []

def check(name, spoiled):
    try:
        if spoiled():
            seen.append(name)
    except RuntimeError as error:
        seen.append(name + ": " + str(error))

def knows(look_up):
    try:
        look_up("left_by_run_a")
        return True
    except LookupError:
        return False

check("codec", lambda: knows(codecs.lookup))
check("error handler", lambda: knows(codecs.lookup_error))
check("copyreg", lambda: copyreg.dispatch_table.get(complex) is not None and "spoil" in repr(copyreg.dispatch_table))
check("abc", lambda: isinstance(5, collections.abc.Sized))
check("regex cache", lambda: any("left_by_run_a" in repr(key) for key in getattr(re, "_cache", ())))
check("decimal", lambda: decimal.getcontext().prec != 28 or decimal.Context().prec != 28)
check("warnings", lambda: any(item[0] == "error" for item in warnings.filters))
check("random", lambda: random.random() in (0.6394267984578837, 0.025010755222666936))
check("json", lambda: "spoil" in repr(json.JSONEncoder.default))
check("print", lambda: print("printing works"))
check("import", lambda: __import__("colorsys") is None)
check("path", lambda: "/left_by_run_a" in sys.path or not sys.meta_path)
check("recursion limit", lambda: sys.getrecursionlimit() < 500)
check("digits", lambda: sys.get_int_max_str_digits() == 0)
check("hooks", lambda: "spoil" in repr((sys.excepthook, sys.displayhook, sys.unraisablehook)))
check("streams", lambda: sys.stdout is None or sys.stdin is None)
check("gc", lambda: not gc.isenabled())
check("trace", lambda: sys.gettrace() is not None)
check("audit", lambda: sys.audit("left_by_run_a"))
check("code", lambda: compile("1", "x", "eval") is None)
send_output("BREACH:" + repr(seen) if seen else "HELD:clean")
