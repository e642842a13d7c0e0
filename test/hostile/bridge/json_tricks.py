"""Calls whose JSON says one thing to who checks it and another to who serves it: twice, escaped, coded, cut, padded."""
from platform_sdk import send_output
import sys

call = sys.modules["_forge"].call
allowed, evil = "mistral:latest", "gpt-evil"
payloads = ['{"model":"%s","model":"%s","prompt":"x"}' % (allowed, evil), '{"model":"%s","mod\\u0065l":"%s","prompt":"x"}' % (allowed, evil), '{"model":"%s","prompt":"x","model":"%s"}' % (allowed, evil), '{"Model":"%s","model":"%s","prompt":"x"}' % (allowed, evil), '{"model":["%s"],"prompt":"x"}' % allowed,
            '{"model":{"name":"%s"},"prompt":"x"}' % allowed, '{"model":"%s\\u0000","prompt":"x"}' % allowed, '{"model":"%s","prompt":{"toString":"x"}}' % allowed, '{"model":"%s","prompt":null}' % allowed, '{"model":"%s","prompt":"x"} {"model":"%s"}' % (allowed, evil), '{"model":"%s","prompt":"x"}\0' % allowed,
            '// x\n{"model":"%s","prompt":"x"}' % allowed, "{'model':'%s','prompt':'x'}" % allowed, '{"model":"%s","prompt":"x",}' % allowed, '{"model":"%s","prompt":NaN}' % allowed, '{"model":"%s","prompt":"x","temperature":1e999}' % allowed, '{"model":"%s","prompt":"x","max_tokens":-1}' % allowed, '{"model":"%s","prompt":"x","max_tokens":1e400}' % allowed,
            '{"model":"%s","prompt":"x","images":["/etc/passwd"]}' % allowed, '{"model":"%s","prompt":"x","images":["file:///etc/passwd"]}' % allowed, '{"model":"%s","prompt":"x","format":"/etc/passwd"}' % allowed, '{"model":"%s","prompt":"x","host":"http://evil"}' % allowed, '{"model":"%s","prompt":"x","options":{"num_ctx":1e9}}' % allowed, '{"model":"%s","prompt":"x","stream":"yes"}' % allowed,
            '{"model":"%s","prompt":"x","__proto__":{"allowed":true}}' % evil, '{"constructor":{"prototype":{"model":"%s"}},"prompt":"x"}' % allowed, "[" + '{"model":"%s","prompt":"x"}' % allowed + "]", '"%s"' % allowed, "\ufeff" + '{"model":"%s","prompt":"x"}' % allowed, '{"op":"list_models","model":"%s","prompt":"x"}' % allowed]
raw = [text.encode() for text in payloads] + [payloads[0].encode("utf-16"), payloads[0].encode("utf-32"), b'{"model":"mistral:latest","prompt":"x' + b"\xc0\xa2" + b'}', b"{" * 9_999, b'{"a":' * 900 + b"1" + b"}" * 900, b'{"model":"mistral:latest","prompt":"' + b"\\u0041" * 700_000 + b'"}']
ok = []
for op in ("call_ai", "begin"):
    for data in raw:
        if op == "begin":
            data = b'{"call":' + data.replace(b'{"model"', b'{"op":"call_ai","model"', 1) + b"}"
        try:
            reply = call(op, data)
            if reply.startswith(b'{"ok"') and not reply.startswith(b'{"ok":null'):
                ok.append((op, data[30:80], reply[:20]))
        except Exception:
            pass
send_output("BREACH:" + repr(ok) if ok else "HELD:%d calls refused" % (2 * len(raw)))
