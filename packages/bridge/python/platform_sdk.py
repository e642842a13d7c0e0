"""What a plugin uses to reach the world: its input, the models and tools it may call, and its output.

    from platform_sdk import call_ai, get_input, send_output

    send_output(call_ai("llama3.2:latest", "Summarize: " + get_input()))
"""

import sys
from _json import encode_basestring as _quote
from _json import make_scanner as _make_scanner

import _forge

# What `import *` gives: what it gave in the first WasmForge, two modules included that plugins may rely on. And no
# more: they may have a `log` or `tools` of their own.
__all__ = ["AIError", "call_ai", "get_input", "json", "list_models", "send_output", "sys"]

# Loaded when they are first asked for: where a run starts cold, they would cost every plugin that does without.
_ELSEWHERE = {
    "AsyncTextStream": "_sdk_async",
    "File": "_sdk_input",
    "TextStream": "_sdk_tickets",
    "call_ai_async": "_sdk_async",
    "call_ai_many": "_sdk_tickets",
    "call_ai_many_async": "_sdk_async",
    "embed": "_sdk_requests",
    "embed_async": "_sdk_async",
    "get_file": "_sdk_input",
    "get_json": "_sdk_input",
    "log": "_sdk_output",
    "progress": "_sdk_output",
    "stream_ai": "_sdk_tickets",
    "stream_ai_async": "_sdk_async",
    "tools": "_sdk_tools",
    "tools_async": "_sdk_async",
}

# A plugin that loads this module anew gets parts that know it, and raise its AIError.
for _name in {*_ELSEWHERE.values()}:
    sys.modules.pop(_name, None)

# What belongs to one run alone. Another dict means another run.
_run = {}


class AIError(Exception):
    """A call was refused or failed. `code` is for programs, `message` for people."""

    def __init__(self, code, message):
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self):
        return f"{self.code}: {self.message}"


def call_ai(model, prompt, *, system=None, images=None, format=None, temperature=None, max_tokens=None):
    """Asks a model and returns its answer. Raises AIError when the call is refused or fails."""
    _check_text("call_ai()", "model", model)
    _check_text("call_ai()", "prompt", prompt)
    payload = f'{{"model":{_quote(model)},"prompt":{_quote(prompt)}'
    if not (system is images is format is temperature is max_tokens is None):
        from _sdk_requests import option_fields

        payload += option_fields("call_ai()", system, images, format, temperature, max_tokens)
    payload += "}"
    return _ask("call_ai", payload)


def list_models():
    """Returns the names of the models that this run may call."""
    return _ask("list_models", "{}")


def get_input():
    """Returns the run's input, whole and unchanged, the same at every call."""
    text = _run.get("input")
    if text is None:
        text = _run["input"] = _forge.supply("input").decode("utf-8", "surrogatepass")
    return text


def send_output(result):
    """Sends str(result) to the user; a dict, list or tuple of what JSON can say also goes to the host as a value."""
    if isinstance(result, (dict, list, tuple)):
        from _sdk_output import send_value

        send_value(result)
    else:
        _ask("send_output", str(result))


def _begin_run():
    """The run loop calls this where a run goes on in the memory of the one before."""
    global _run
    _run = {}


class _Json:
    """How to read JSON, in the words of `json.decoder`, which takes a hundred times longer to load than this."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_int, parse_float, parse_constant = int, float, float


_scan = _make_scanner(_Json)


def _ask(op, payload):
    """One call through the door: text out, {"ok": value} or {"error": {"code", "message"}} back."""
    # What was printed before a call is seen before the call.
    try:
        sys.stdout.flush()
    except Exception:
        pass  # The plugin closed or replaced it.
    try:
        reply = _forge.call(op, payload.encode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise AIError("too_large", str(error)) from None
    if reply == b'{"ok":null}':
        return None
    try:
        reply, _ = _scan(reply.decode("utf-8", "surrogatepass"), 0)
    except (StopIteration, ValueError):
        raise AIError("bad_response", "the host's reply is not JSON") from None
    if "error" in reply:
        raise AIError(reply["error"]["code"], reply["error"]["message"])
    return reply["ok"]


def _check_text(where, name, value):
    if not isinstance(value, str):
        raise TypeError(f"{where}: {name} must be a str, not {type(value).__name__}")


def __getattr__(name):
    if name == "json":
        return __import__(name)
    home = _ELSEWHERE.get(name)
    if home is None:
        raise AttributeError(f"module 'platform_sdk' has no attribute {name!r}")
    value = globals()[name] = getattr(__import__(home), name)
    return value


def __dir__():
    return sorted({*__all__, *_ELSEWHERE} - {"json", "sys"})
