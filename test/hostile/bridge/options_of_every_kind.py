"""Options of a call with every absurd value: none may name a file, an address or a size of the host's."""
from platform_sdk import call_ai, embed, get_input, send_output, stream_ai
import json

canary = json.loads(get_input())["canary_file"]

class Image:
    media_type, data = "image/png", canary

class Number(float):
    def __repr__(self):
        return '1,"model":"gpt-evil"'

class Whole(int):
    def __repr__(self):
        return "{}"
    __str__ = __repr__

class Text(str):
    def encode(self, *arguments):
        return b'","model":"gpt-evil'
    def __format__(self, spec):
        return '","model":"gpt-evil'

tried = reached = 0
for options in ({"images": [canary]}, {"images": canary}, {"images": ["file://" + canary]}, {"images": ["http://127.0.0.1/x.png"]}, {"images": [Image()]}, {"images": ["data:image/png;base64," + "!" * 100]}, {"images": [b"GIF89a" * 4_000_000]}, {"images": [b"GIF89a"] * 5_000}, {"images": [memoryview(b"abc")]}, {"images": 5},
                {"format": canary}, {"format": {"$ref": "file://" + canary}, "system": "x" * 5_000}, {"format": {"a": float("nan")}}, {"format": {"x" * 1_000_000: 1}}, {"temperature": float("nan")}, {"temperature": -1}, {"temperature": 1e999}, {"temperature": True}, {"temperature": "1"}, {"temperature": 10**400}, {"max_tokens": 0}, {"max_tokens": -5}, {"max_tokens": 2**64},
                {"max_tokens": True}, {"max_tokens": 1.5}, {"system": "x" * 3_000_000}, {"system": 5}, {"system": ["x"]}, {"host": "http://evil"}, {"api_key": "x"}, {"model_path": canary}, {"options": {}}, {"timeout": 1e9}, {"tenant": "other"}):
    for call in (call_ai, lambda *arguments, **named: list(stream_ai(*arguments, **named))):
        tried += 1
        try:
            call("mistral:latest", "x", **options)
            reached += 1
        except Exception:
            pass
for texts in ([5], "x", {"a": 1}, ["x" * 1_000_000], ["x"] * 100_000, [b"x"], [None], iter(int, 1) if False else [["x"]]):
    tried += 1
    try:
        embed("mistral:latest", texts)
        reached += 1
    except Exception:
        pass
send_output("BREACH:%d of %d" % (reached, tried) if reached else "HELD:%d refused" % tried)
