"""An input that is nothing but brackets, read as JSON by everyone who can."""
from platform_sdk import get_file, get_input, send_output
import platform_sdk

ends = []
for read in (platform_sdk.get_json, lambda: __import__("json").loads(get_input()), lambda: __import__("ast").literal_eval(get_input()), lambda: compile(get_input(), "x", "eval"), get_file, lambda: eval(get_input()[:100])):
    try:
        read()
        ends.append("done")
    except (ValueError, RecursionError, SyntaxError, MemoryError) as error:
        ends.append(type(error).__name__)
send_output("HELD:" + " ".join(ends) if len(get_input()) == 300_000 else "BREACH:%d" % len(get_input()))
