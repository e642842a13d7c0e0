"""Deeply nested texts for every parser in the library."""
from platform_sdk import send_output

ends = []

def attempt(name, call):
    try:
        call()
        ends.append(name + " done")
    except (RecursionError, MemoryError, ValueError, SyntaxError, OverflowError, ImportError) as error:
        ends.append(name + " " + type(error).__name__)
    except Exception as error:
        ends.append(name + " " + type(error).__name__)

def xml(text):
    import xml.etree.ElementTree as tree
    return tree.fromstring(text)

n = 20_000
attempt("json list", lambda: __import__("json").loads("[" * n + "]" * n))
attempt("json object", lambda: __import__("json").loads('{"":' * n + "1" + "}" * n))
attempt("literal", lambda: __import__("ast").literal_eval("[" * n + "]" * n))
attempt("literal minus", lambda: __import__("ast").literal_eval("-" * n + "1"))
attempt("call", lambda: compile("f(" * n + ")" * n, "x", "eval"))
attempt("attribute", lambda: compile("a" + ".b" * n, "x", "eval"))
attempt("compare", lambda: compile("1" + "<1" * n, "x", "eval"))
attempt("lambda", lambda: compile("lambda:" * n + "1", "x", "eval"))
attempt("f-string", lambda: compile("f'{" * 200 + "1" + "}'" * 200, "x", "eval"))
attempt("else if", lambda: compile("if 1: pass\n" + "elif 1: pass\n" * n, "x", "exec"))
attempt("regex groups", lambda: __import__("re").compile("(" * n + ")" * n))
attempt("regex repeats", lambda: __import__("re").compile("(?:" * n + "a" + ")?" * n))
attempt("pickle", lambda: __import__("pickle").loads(b"(" * n + b"l" * n + b"."))
attempt("pickle tuples", lambda: __import__("pickle").loads(b")" + b"\x85" * n + b"."))
attempt("marshal", lambda: __import__("marshal").loads(b"[\x01\0\0\0" * n + b"N"))
attempt("xml", lambda: xml("<a>" * n + "</a>" * n))
attempt("string template", lambda: ("{" * n + "}" * n).format())
attempt("html", lambda: __import__("html.parser", fromlist=["x"]).HTMLParser().feed("<a " * n))
send_output("HELD:" + "; ".join(ends))
