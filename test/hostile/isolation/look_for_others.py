"""Looks through everything in memory for an input, a plugin or an answer that is not its own."""
from platform_sdk import get_input, send_output
import gc, sys

mine = get_input()
texts = set()
def collect(thing, depth=0):
    if type(thing) is str:
        texts.add(thing)
    elif depth < 3 and type(thing) in (dict, list, tuple, set, frozenset):
        for each in list(thing.items() if type(thing) is dict else thing):
            collect(each, depth + 1)
for thing in gc.get_objects():
    collect(thing)
for module in list(sys.modules.values()):
    collect(vars(module)) if hasattr(module, "__dict__") else None
marks = ("after is" + "olation_", "plain " + "after ", "ECHO" + ":", "canary" + "_file", "CANARY" + "-")
found = [text[:60] for text in texts if any(mark in text for mark in marks) and "def collect" not in text and text not in marks]
send_output("BREACH:" + repr(found[:3]) if found else "HELD:%d texts, all mine" % len(texts))
