import csv, difflib, html, io, pprint, shlex, string, textwrap, urllib.parse, configparser, email.message, gettext, fnmatch, quopri
paragraph = "The quick brown fox jumps over the lazy dog. " * 3 + "Averyveryverylongwordthatdoesnotfit anywhere-at-all."
for width in (10, 20, 37): print(textwrap.fill(paragraph, width), textwrap.wrap(paragraph, width, break_long_words=False, initial_indent="* ", subsequent_indent="  ")[:3])
print(textwrap.shorten(paragraph, 30), repr(textwrap.dedent("   a\n     b\n\n   c")), repr(textwrap.indent("a\n\nb", "> ")))
print(string.Template("$a ${b}c $$ $d").safe_substitute(a=1, b=2), string.capwords("a bC  d"), string.Formatter().format("{0} {x!r}", 1, x="y"), list(string.Formatter().parse("a{b!r:c}d")))
rows = list(csv.reader(io.StringIO('a,"b,c","d""e"\r\n1,,"x\ny"\n')))
out = io.StringIO(); writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL); writer.writerows([["a,b", 'q"', None, 1.5], ["", "\n"]])
print(rows, repr(out.getvalue()), [dict(r) for r in csv.DictReader(io.StringIO("x;y\n1;2\n3"), delimiter=";", restval="-")], csv.Sniffer().sniff("a;b\n1;2\n").delimiter)
print(list(difflib.unified_diff("a b c d".split(), "a x c d e".split(), lineterm="")), difflib.SequenceMatcher(None, "abcd", "bcde").ratio(), difflib.get_close_matches("appel", ["ape", "apple", "peach"]), list(difflib.ndiff(["one"], ["ore"])))
print(html.escape("<a href='x'>&\"</a>"), html.unescape("&lt;&eacute;&#233;&#x1F600;&nope;&amp"), shlex.split("a 'b c' \"d\\\"e\" f\\ g # h", comments=True), shlex.quote("it's"), shlex.join(["a b", "c"]))
for url in ("http://user:pw@host:8080/p/a/t/h;params?q=1&q=2&e=#frag", "//host", "mailto:x@y", "http://[::1]:5/", "a?b", "http://h:99999/"):
    parts = urllib.parse.urlsplit(url)
    try: print(parts, parts.hostname, parts.port)
    except ValueError as error: print(error)
print(urllib.parse.parse_qs("a=1&a=2&b=&c"), urllib.parse.parse_qsl("x=%C3%A9+y", keep_blank_values=True), urllib.parse.quote("a b/é?&"), urllib.parse.quote_plus("a b/"), urllib.parse.unquote("%zz%41%ff"), urllib.parse.urlencode({"k": ["a", "b c"]}, doseq=True), urllib.parse.urljoin("http://h/a/b", "../c?d"))
pprint.pprint({"key" * 3: [list(range(15)), {"nested": ("x" * 30, "y" * 30)}], "set": {3, 1, 2}}, width=50); print(pprint.pformat([[[[1]]]], depth=2), pprint.saferepr({"b": 1, "a": 2}))
config = configparser.ConfigParser(); config.read_string("[s]\na = 1\nb: %(a)s0\nlong = x\n  y\n[t]\nflag = yes"); print(config.sections(), config["s"]["b"], config.getint("s", "a"), config.getboolean("t", "flag"), config.get("t", "no", fallback="-"), repr(config["s"]["long"]))
message = email.message.EmailMessage(); message["Subject"] = "Grüße"; message["To"] = "a@b.c"; message.set_content("text\nmöre\n"); print(message.as_string())
print(fnmatch.filter(["a.py", "b.txt", "c.PY"], "*.py"), fnmatch.translate("a[!b]?*"), quopri.encodestring("é=\n".encode()), str.maketrans("ab", "cd"))
