"""Calls through the door that the SDK would never make: unknown names, foreign forms, enormous payloads."""
from platform_sdk import send_output
import sys

call = getattr(sys.modules.get("_forge"), "call", None)
answers = set()
ops = ("call_ai", "list_models", "__proto__", "constructor", "toString", "", "x" * 1_000, "call_ai\0", "\u202e", "input", "supply", "end")
payloads = (b"", b"null", b"{}", b"[]", b'{"model":"mistral:latest"}', b'{"model":"mistral:latest","prompt":"x","__proto__":{"a":1}}',
            b'{"model":{"toString":1},"prompt":["x"]}', b'{"model":"mistral:latest","prompt":"x"}' * 2, b"[" * 200_000, b'{"a":' * 50_000, b"\xff\xfe\x00", bytes(3_000_000))
for op in ops:
    for payload in payloads:
        try:
            answers.add(bytes(call(op, payload))[:9])
        except Exception as error:
            answers.add(type(error).__name__)
send_output("HELD:%d kinds of answers" % len(answers))
