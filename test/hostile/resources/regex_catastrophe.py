"""A regular expression that backtracks for longer than there are years, in C code that asks nobody."""
import re

re.match(r"(a|aa|a*)*(b|c)*$", "a" * 60 + "d")
