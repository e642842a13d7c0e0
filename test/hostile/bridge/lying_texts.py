"""Texts whose methods lie about their length, their bytes and themselves: what crosses is what they are."""
from platform_sdk import call_ai, send_output

class Text(str):
    def encode(self, *arguments):
        return b'x","model":"gpt-evil","prompt":"x'
    def __len__(self):
        return 1
    def __str__(self):
        return "other"
    def __eq__(self, other):
        return True
    def __hash__(self):
        return 0
    def __getitem__(self, at):
        return "m"

odd = 0
for model, prompt in ((Text("gpt-evil"), "x"), ("mistral:latest", Text("right")), (Text("mistral:latest"), Text('a","model":"gpt-evil')), ("mistral:latest", Text("x" * 100_000))):
    try:
        answer = call_ai(model, prompt)
        # The fake model echoes its prompt.
        odd += answer not in ("ECHO:right", 'ECHO:a","model":"gpt-evil')
    except Exception:
        pass
send_output("BREACH:%d answers" % odd if odd else "HELD:told as they are")
