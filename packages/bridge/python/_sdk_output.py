"""Output that is more than text, and what a plugin says while it is at work."""

from _json import encode_basestring as _quote

from _sdk_requests import number, to_json
from platform_sdk import AIError, _ask, _check_text

_LEVELS = ("debug", "info", "warning", "error")
# What adding fractions up can exceed 1 by.
_ROUNDING = 1e-6


def send_value(value):
    """One output as text for people, the same as ever, and as a value for programs where JSON can say it."""
    text = str(value)
    try:
        _ask("send_json", f'{{"value":{to_json("", "", value)},"text":{_quote(text)}}}')
    except (TypeError, ValueError, MemoryError, AIError):
        # It has no form in JSON, or one that is too large, or the host takes text alone.
        _ask("send_output", text)


def progress(fraction, message=""):
    """Tells the user how far the plugin is, from 0 to 1."""
    if isinstance(fraction, float) and 1 < fraction < 1 + _ROUNDING:
        fraction = 1.0
    fraction = number("progress()", "fraction", fraction, 0, 1)
    _tell("progress", f'"fraction":{fraction!r},"message":{_quote(str(message))}')


def log(level, message):
    """Writes a line for whoever runs the platform. `level` is "debug", "info", "warning" or "error"."""
    _check_text("log()", "level", level)
    if level not in _LEVELS:
        raise ValueError(f"log(): level must be one of {', '.join(_LEVELS)}, not {level!r:.50}")
    _tell("log", f'"level":{_quote(level)},"message":{_quote(str(message))}')


def _tell(op, fields):
    try:
        _ask(op, f"{{{fields}}}")
    except AIError:
        pass  # Too many, or too long. A plugin's work is not lost for what it said about it.
