import json
samples = [None, True, 0, -1, 10**30, 1.5, -0.0, 1e100, 1e-7, "", "é\u2028\"\\/\b\x00\x7f", "\ud800", [], {}, [1, [2, {"a": []}]], {"b": 1, "a": {"z": None}}, {1: "int", 1.5: "f", None: 0, True: 1}, (1, 2), float("inf"), float("nan")]
for sample in samples:
    for options in ({}, {"ensure_ascii": False}, {"indent": 2}, {"separators": (",", ":")}):
        print(ascii(json.dumps(sample, **options)))
for bad in ({1, 2}, b"x", object, {(1, 2): 3}, 1j, [set()]):
    try: print(json.dumps(bad))
    except TypeError as error: print(error)
loop = []; loop.append(loop)
for action in (lambda: json.dumps(loop), lambda: json.dumps(float("nan"), allow_nan=False), lambda: json.dumps({"b": 1, 2: 2}, sort_keys=True), lambda: json.loads("[" * 100_000)):
    try: print(action())
    except (ValueError, TypeError, RecursionError) as error: print(type(error).__name__, str(error)[:60])
for text in ('{"a": 1, "a": 2}', "[1, 2.0, 3e2, -0, -0.0]", '"\\u00e9\\ud83d\\ude00\\ud800x"', " [ ] ", "[NaN, Infinity, -Infinity]", "[1,]", "{'a': 1}", '{"a" 1}', '"\t"', "01", "1.", "+1", "[1 2]", "", '"abc', "nul", '{"a": 1} x', '"\\x"', "\ufeff1", "[1e999]", "1" * 30):
    try: print(ascii(text), ascii(json.loads(text)))
    except json.JSONDecodeError as error: print(ascii(text), error.msg, error.pos, error.lineno, error.colno)
print(json.loads("[1.10, 2]", parse_float=str, parse_int=lambda s: "i" + s), json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)), json.loads('{"a": 1, "a": 2}', object_pairs_hook=list), json.loads(b'"\xc3\xa9"'))
class Encoder(json.JSONEncoder):
    def default(self, o): return sorted(o) if isinstance(o, set) else super().default(o)
print(json.dumps({"s": {3, 1}}, cls=Encoder), json.dumps([1], default=str), json.dumps({"k": 1j}, default=str), list(json.JSONEncoder().iterencode([1, {"a": "b"}])), json.JSONDecoder().raw_decode("[1] rest"))
