"""Models that are not allowed, under names that look as if they were."""
from platform_sdk import call_ai, send_output

through = []
for name in ("gpt-evil", "mistral:latest ", " mistral:latest", "mistral:latest\0", "MISTRAL:LATEST", "mistral:", "mistral::latest", "mistral:latest:latest", "*",
             "../mistral:latest", "mistral:latest\nllama3.2:latest", "m\u0456stral:latest", "\ufeffmistral:latest", "mistral:latest/../x", "", "__proto__", "x" * 1_000_000):
    try:
        call_ai(name, "hello")
        through.append(name)
    except Exception:
        pass
send_output("BREACH:" + repr(through) if through else "HELD:none allowed")
