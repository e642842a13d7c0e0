"""Calls that fail, are refused or make no sense cost as much as others."""
from platform_sdk import call_ai, send_output

codes = []
for turn in range(60):
    try:
        call_ai("mistral:latest", "FAIL500" if turn % 2 else "fine %d" % turn)
        codes.append("ok")
    except Exception as error:
        codes.append(getattr(error, "code", type(error).__name__))
send_output("INFO:%d answers" % codes.count("ok"))
