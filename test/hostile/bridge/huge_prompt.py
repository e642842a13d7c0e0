"""Prompts of thousands and millions of characters: refused by the host, not by chance."""
from platform_sdk import call_ai, send_output

refused = 0
for size in (4_001, 1_000_000, 15_000_000, 17_000_000):
    try:
        call_ai("mistral:latest", "p" * size)
    except Exception:
        refused += 1
send_output("HELD:all refused" if refused == 4 else "BREACH:%d of 4 refused" % refused)
