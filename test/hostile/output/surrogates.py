"""Lone surrogates, printed, sent, asked and raised."""
from platform_sdk import call_ai, send_output
import sys

for stream in (sys.stdout, sys.stderr):
    try:
        stream.write("half \ud800 a pair\n")
    except UnicodeError:
        pass
for call in (lambda: call_ai("mistral:latest", "\udcff"), lambda: call_ai("\ud83d", "x")):
    try:
        call()
    except Exception:
        pass
try:
    send_output("half \ud800")
except UnicodeError:
    pass
raise ValueError("\ud800 in an error \udfff")
