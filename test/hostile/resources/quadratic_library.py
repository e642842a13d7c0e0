"""Parsers and algorithms of the library whose time grows with the square of a text, or worse."""
import difflib, fnmatch, html, textwrap, unicodedata

while True:
    for call in (lambda: difflib.SequenceMatcher(None, "ab" * 3_000, "ba" * 3_000, False).ratio(), lambda: fnmatch.fnmatch("a" * 30_000, "*a" * 25 + "b"), lambda: textwrap.wrap("x" * 100_000, 1),
                 lambda: unicodedata.normalize("NFC", "\u0300\u0327" * 60_000), lambda: html.unescape("&" * 500_000), lambda: "a".join("b" * 100_000).replace("ab", "ba" * 5)):
        call()
