"""What nearly every plugin does: the functions of the interpreter that this calls are compiled before the first run
begins. It is short, because whoever starts a process waits for all of them.
"""

import json

from platform_sdk import get_input, send_output


def sizes(texts, most=10):
    return {text: len(text) for text in texts[:most]}


order = json.loads(get_input())
for key in order:
    print(f"{key}: {order[key]}")
send_output(json.dumps({"sizes": sizes(order["items"]), "total": sum(count for count in order["counts"])}))
