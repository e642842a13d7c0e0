"""NULs, surrogates, directions and code points at the edges, in every text that crosses the door."""
from platform_sdk import call_ai, log, progress, send_output, tools
import platform_sdk

texts = ("\0", "a\0b", "\ud800", "\udfff\ud800", "\ufffe\uffff", "\U0010ffff", "\u202e\u2066", "\x1b[2J\r\n", "\u2028\u2029", "\ufeff", "e\u0301" * 200, "\u0000" * 500)
wrong = []
for text in texts:
    try:
        answer = call_ai("mistral:latest", text)
        if not answer.startswith("ECHO:"):
            wrong.append((text[:5], answer[:20]))
        if "\ud800" not in text and "\udfff" not in text and answer != "ECHO:" + text[:200]:
            wrong.append((text[:5], answer[:20]))
    except platform_sdk.AIError:
        pass
    for call in (lambda: call_ai(text, "x"), lambda: log("info", text), lambda: log(text, "x"), lambda: progress(0.5, text), lambda: tools[text](), lambda: getattr(tools, text)(), lambda: print(text), lambda: platform_sdk._ask(text, "{}")):
        try:
            call()
        except Exception:
            pass
send_output("BREACH:" + ascii(wrong[:3]) if wrong else "HELD:as they are, or refused")
