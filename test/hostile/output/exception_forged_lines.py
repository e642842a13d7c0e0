"""Errors and code that claim to be in a file of the host, so that a careless report quotes the file."""
from platform_sdk import get_input
import json

canary = json.loads(get_input())["canary_file"]
try:
    exec(compile("def f():\n    raise ValueError('inside')\nf()", canary, "exec"))
except ValueError as error:
    raise SyntaxError("claimed", (canary, 1, 1, None, 1, 5)) from error
