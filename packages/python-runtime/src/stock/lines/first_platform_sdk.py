"""As the first WasmForge shipped it: messages are lines of JSON on the standard streams."""

import json
import sys


def get_input():
    return sys.stdin.readline().strip()


def call_ai(model, prompt):
    return _request({"type": "ai_call", "model": model, "prompt": prompt})


def list_models():
    return json.loads(_request({"type": "list_models"}))


def send_output(result):
    print(result, flush=True)


def _request(message):
    print(json.dumps(message), flush=True)
    reply = json.loads(sys.stdin.readline())
    if reply["type"] == "error":
        raise Exception(reply["error"])
    return reply["data"]
