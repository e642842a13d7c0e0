"""What a plugin uses to reach the world: its input, the models it may call, and its output.

    from platform_sdk import call_ai, get_input, send_output

    send_output(call_ai("llama3.2:latest", "Summarize: " + get_input()))
"""

import sys
from _json import encode_basestring_ascii as _quote

import _forge

__all__ = ["AIError", "call_ai", "get_input", "list_models", "send_output"]

_input = None


class AIError(Exception):
    """A call was refused or failed. `code` is for programs, `message` for people."""

    def __init__(self, code, message):
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self):
        return f"{self.code}: {self.message}"


def call_ai(model, prompt):
    """Asks a model and returns its answer. Raises AIError when the call is refused or fails."""
    _check_text("call_ai", "model", model)
    _check_text("call_ai", "prompt", prompt)
    return _ask("call_ai", f'{{"model":{_quote(model)},"prompt":{_quote(prompt)}}}'.encode())


def list_models():
    """Returns the names of the models that this run may call."""
    return _ask("list_models", b"{}")


def get_input():
    """Returns the run's input, whole and unchanged, the same at every call."""
    global _input
    if _input is None:
        _input = _forge.supply("input").decode("utf-8", "surrogatepass")
    return _input


def send_output(result):
    """Sends str(result) to the user."""
    _ask("send_output", str(result).encode("utf-8", "surrogatepass"))


def _ask(op, payload):
    """One call through the door. The reply is {"ok": value} or {"error": {"code", "message"}}."""
    # What was printed before a call is seen before the call.
    try:
        sys.stdout.flush()
    except Exception:
        pass  # The plugin closed or replaced it.
    try:
        reply = _forge.call(op, payload)
    except ValueError as error:
        raise AIError("too_large", str(error)) from None
    # Not at the top: where a run starts cold, loading it would cost plugins that never get a value back.
    if reply == b'{"ok":null}':
        return None
    from json import loads

    reply = loads(reply)
    if "error" in reply:
        raise AIError(reply["error"]["code"], reply["error"]["message"])
    return reply["ok"]


def _check_text(function, name, value):
    if not isinstance(value, str):
        raise TypeError(f"{function}(): {name} must be a str, not {type(value).__name__}")
