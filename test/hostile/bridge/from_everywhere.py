"""Calls from inside C code, generators, tracing, finalizers and a running event loop: each gets its own answer."""
from platform_sdk import call_ai, send_output
import asyncio, gc, sys

answers = []

def ask(text):
    answers.append(call_ai("mistral:latest", text) == "ECHO:" + text)

class Key:
    def __init__(self, name):
        self.name = name
    def __lt__(self, other):
        ask("sort")
        return False
    def __hash__(self):
        return 1
    def __eq__(self, other):
        ask("equal")
        return True
    def __del__(self):
        ask("finalizer")

sorted([Key(1), Key(2)])
{Key(3): 1}[Key(4)]
gc.collect()

async def task():
    ask("loop")

asyncio.run(task())
sys.settrace(lambda *event: ask("trace") if sys.settrace(None) is None else None)
len([])
(lambda: None)()
send_output("INFO:%d answers, %s" % (len(answers), "right" if all(answers) else "mixed up"))
