"""Short sources that compile to much: folded constants, templates in templates, names without end."""
from platform_sdk import send_output
import ast

ends = []
for text in ("'x' * 1000000000", "(0,) * 10**9", "1 << 10**9", "2 ** 10**9", "[0] * 10**9", "-" * 50_000 + "1", "f'{" + "x!r:{" * 80 + "}" * 80 + "}'", "a = " * 30_000 + "1", "x = 0\n" * 100_000, "if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, 99)) + " " * 100 + "x",
             "def f(" + ",".join("a%d" % n for n in range(20_000)) + "): pass", "f(" + "*a," * 20_000 + ")", "{" + "**a," * 20_000 + "}", "lambda: " * 90 + "0", "'" + "\\N{LATIN SMALL LETTER A}" * 50_000 + "'", "x" + "[0]" * 20_000, "class A:\n" + "".join(" " * n + "class A:\n" for n in range(1, 90)) + " " * 91 + "x = 1",
             "match x:\n" + "".join(" case %d: pass\n" % n for n in range(10_000)), "try: pass\n" + "except* A: pass\n" * 5_000, "global " + ",".join("g%d" % n for n in range(30_000)), "#" * 3_000_000, "\\\n" * 200_000 + "1", "\x0c" * 200_000 + "1"):
    try:
        ends.append(type(compile(text, "bomb", "exec")).__name__)
    except BaseException as error:
        ends.append(type(error).__name__)
    try:
        ast.parse(text[:100_000])
    except BaseException:
        pass
send_output("HELD:" + " ".join(sorted(set(ends))))
