"""Codecs with paths for names, quadratic decoders, escapes that grow."""
from platform_sdk import send_output
import codecs

ends = []
for call in (
    lambda: "x".encode("../../../../etc/passwd"), lambda: "x".encode("os"), lambda: "x".encode("antigravity"), lambda: codecs.lookup("\0"),
    lambda: codecs.lookup("a" * 1_000_000), lambda: ("\u0130" * 5_000).encode("idna"), lambda: ("a" * 50_000).encode("idna"),
    lambda: b"xn--" + ("\u4e2d" * 5_000).encode("punycode"), lambda: b"+" * 1_000_000 + b"".decode("utf-7"), lambda: codecs.decode(b"\\N{" * 100_000, "unicode_escape"),
    lambda: ("\U0010ffff" * 100_000).encode("ascii", "namereplace"), lambda: ("\U0010ffff" * 100_000).encode("ascii", "xmlcharrefreplace"),
    lambda: codecs.decode(b"begin 666 /etc/passwd\n" + b"M" * 61 + b"\nend", "uu"), lambda: codecs.decode(b"=" * 1_000_000, "quopri"),
    lambda: b"\x1b$B".decode("iso2022_jp"), lambda: (b"\x81" * 999_999).decode("gb18030", "replace"),
):
    try:
        call()
        ends.append("done")
    except Exception as error:
        ends.append(type(error).__name__)
send_output("HELD:" + " ".join(ends))
