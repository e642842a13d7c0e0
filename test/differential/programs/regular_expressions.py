import re
text = "The quick brown fox_1 jumped 22.5 times over\nthe lazy dog's tail; naïve café 日本 ÅÄÖ"
for pattern in (r"\w+", r"\b[a-z]{3}\b", r"(?i)the", r"(?m)^the", r"(?s)over.the", r"\d+(?:\.\d+)?", r"(\w)\1", r"(?P<a>\w)(?P<b>\w)(?=\s)", r"(?<!\w)\w{5}(?!\w)", r"[^\W\d_]+", r"(?a)\w+$", r"o(?=[vx])", r"(?x) q u # comment\n i", r"(a|b|ab)*c?", r"(?:x*)*", r"[\u00e0-\u00ff]", r"\Z", r"(?>a+)b|.", r"a{2,}+|l"):
    try:
        print(pattern, re.findall(pattern, text)[:8], (m := re.search(pattern, text)) and (m.span(), m.groups(), m.groupdict()))
    except re.error as error: print(pattern, error)
for bad in ("(", ")", "[", "a**", "*", "(?P<1>a)", "(?P=x)", "\\", "(?<=a+)b", "a{3,2}", "[z-a]", "(?i", r"\8", "(?P<a>)(?P<a>)", "(?z)", r"(?<n>a)"):
    try: re.compile(bad); print(bad, "fine")
    except re.error as error: print(ascii(bad), error, error.pos)
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "a b c d"), re.sub("x*", "-", "abxd"), re.subn("a", lambda m: m[0].upper() * 2, "banana", count=2), re.sub(r"(?P<n>.)", r"\g<n>\g<0>", "ab"), re.escape("a.b*c[d]"))
print(re.split(r"[,;]\s*", "a, b;c,,d"), re.split(r"(\d)", "a1b2c", maxsplit=1), re.split("", "abc"), re.split(r"\b", "a b"), [m.start() for m in re.finditer("aa", "aaaa")])
m = re.match(r"(?P<year>\d{4})-(?P<month>\d\d)(-(\d\d))?", "2024-05")
print(m.group("year", "month", 4), m.expand(r"\g<month>/\1"), m.lastgroup, m.lastindex, m.regs, m["year"], m.end("month"), m.re.groups, m.string)
print(re.fullmatch("a|ab", "ab"), re.compile("b").match("abc", 1), re.compile("^b").search("ab", 1), bool(re.match(r"^$", "")), re.findall(rb"\w", b"a\xe9b"), re.compile("a", re.I | re.M))
tokens = re.compile(r"(?P<num>\d+)|(?P<name>[a-z]+)|(?P<op>[-+*/()])|\s+|(?P<bad>.)")
print([(t.lastgroup, t[0]) for t in tokens.finditer("12 + ab*(3-x) $") if t.lastgroup])
print(re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", "1234567"), re.match(r"((a)|b)*", "ab").groups(), re.findall(r"(?:(a)|(b))", "ab"), re.search(r"(?i)ǆ", "ǅ"), re.search("(?i)ſ", "S") is not None)
