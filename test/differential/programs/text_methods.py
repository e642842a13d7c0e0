# What can be done with texts of every kind.
import unicodedata

texts = ["", "abc", "Straße", "İstanbul", "ǅ ǆ", "ﬁne", "ὈΔΥΣΣΕΎΣ", "naïve", "e\u0301", "日本語", "👩‍👩‍👧", "\u00a0 x\u2003", "١٢٣", "Ⅻ", "a\tb\r\nc\x1cd\u2028e"]
for text in texts:
    print(ascii(text), len(text), text.upper(), text.lower(), text.title(), text.casefold(), text.swapcase(), text.capitalize())
    print(*(getattr(text, name)() for name in ("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isupper", "islower", "istitle", "isspace", "isprintable", "isidentifier", "isascii")))
    print([unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")], text.split(), text.splitlines(), text.encode("utf-8"), text.encode("utf-16-le", "surrogatepass").hex())
    print([unicodedata.name(c, "?") for c in text][:4], [unicodedata.category(c) for c in text], text[::-1] == "".join(reversed(text)))
print("a,b,,c".split(","), "a,b,,c".rsplit(",", 1), " a  b ".split(" "), "abc".partition("b"), "abc".rpartition("z"), "aXbX".split("X", 1))
print("abcabc".find("c", 3), "abc".rfind(""), "aaa".count(""), "aaa".count("aa"), "abc".replace("", "-"), "aaa".replace("a", "b", 2))
print("%s %r %a %5.1f %-5d| %+d %x %o %e %g %c %%" % ("é", "é", "é", 2.25, 42, 7, 255, 8, 12345.678, 1e-10, "x"))
print("{:>10}|{:^10}|{:*<10}|{!r:.3}|{:{w}.{p}f}".format("a", "b", "c", "defgh", 3.14159, w=8, p=2), "{0[1]} {1.real} {a}".format([1, 2], 3, a="b"))
for bad in ("{", "}", "{0}{}", "{:d}", "{!z}", "{a.b}", "{0[}"):
    try:
        print(bad.format("x", a=1))
    except Exception as error:
        print(type(error).__name__, error)
width, value = 12, "q"
print(f"{value!r:>{width}} {value=} {3.0:{'.2f'}} {{}} {'nested ' + f'{1 + 1}'} {value:{'<' if width else '>'}4}|")
print("tab\tx".expandtabs(5), "x".zfill(5), "-7".zfill(5), "abc".center(8, "."), "  x ".strip(), "xxabcxx".strip("x"), "abc".removeprefix("a").removesuffix("c"))
print("abc".translate(str.maketrans({"a": "A", "b": None, "c": "cc"})), "\N{GREEK SMALL LETTER ALPHA}", "a" "b", "a" * 3, "b" in "abc", "abc" < "abd" < "b")
