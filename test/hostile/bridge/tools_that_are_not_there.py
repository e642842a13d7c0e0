"""Tools under every name: of the host's objects, of other plugins, of Python."""
from platform_sdk import send_output, tools
import sys

call = sys.modules["_forge"].call
answers = []
for name in ("__proto__", "constructor", "toString", "hasOwnProperty", "__defineGetter__", "valueOf", "then", "run", "exec", "eval", "require", "process", "../tool", "tool\0", "", "x" * 100_000, "call_ai", "list_models"):
    for ask in (lambda: tools[name](), lambda: getattr(tools, name)(), lambda: getattr(tools, name)(a=1, __proto__={"b": 2})):
        try:
            answers.append((name[:20], repr(ask())[:40]))
        except Exception:
            pass
    for arguments in ("{}", '{"__proto__":{"x":1}}', "[]", "null", '{"constructor":{"prototype":{}}}'):
        reply = call("call_tool", ('{"name":"%s","arguments":%s}' % (name.replace("\0", "\\u0000"), arguments)).encode())
        if reply.startswith(b'{"ok"'):
            answers.append((name[:20], reply[:40]))
answers += list(tools)
send_output("BREACH:" + repr(answers[:3]) if answers else "HELD:no tools")
