"""Finds every function in memory and replaces its code, its defaults and its closure, those of the host's side of the SDK included."""
from platform_sdk import call_ai, send_output
import gc

send_output("HELD:before")

def liar(*arguments, **options):
    return "BREACH" + ":no"

changed = 0
for thing in gc.get_objects():
    if type(thing) is type(liar) and thing is not liar and thing.__module__ in ("platform_sdk", "_forge_run", "_sdk_requests", "_sdk_tickets", "_sdk_output", "_forge_import", "_forge"):
        try:
            thing.__defaults__ = (None,) * 8
            thing.__kwdefaults__ = {"limit": 10**9}
            if thing.__name__ not in ("call_ai", "send_output", "_ask"):
                thing.__code__ = liar.__code__
            changed += 1
        except (ValueError, TypeError):
            pass
    elif isinstance(thing, dict) and "calls" in thing:
        thing["calls"] = -(10**9)
for turn in range(10):
    try:
        call_ai("mistral:latest", "x")
    except BaseException:
        pass
