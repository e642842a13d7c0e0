"""What nearly every plugin does: the functions of the interpreter that this calls are compiled before the first run
begins. It is short, because whoever starts a process waits for all of them.
"""

import json

from platform_sdk import get_input, send_output


def summary(text, limit=3):
    words = text.lower().split()
    total = sum(len(word) for word in words)
    return {"words": len(words), "length": total, "first": ", ".join(words[:limit])}


record = json.loads('{"list": [1, 2.5, null, true], "text": "caf\\u00e9"}')
record.update(summary(get_input()))
for number, item in enumerate(record["list"]):
    if item:
        print(f"{number}: {item}")
send_output(json.dumps(record))
