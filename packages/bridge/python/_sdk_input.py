"""The run's input as something other than text."""

import _forge
import platform_sdk
from _sdk_requests import parse_data_url
from platform_sdk import _scan, get_input

_BLANK = " \t\n\r"


def get_json():
    """Returns the run's input as the value that its JSON stands for. Raises a ValueError that says what is wrong."""
    text = get_input().removeprefix("\ufeff")
    start = len(text) - len(text.lstrip(_BLANK))
    if start == len(text):
        raise ValueError("get_json(): the input is empty")
    try:
        value, end = _scan(text, start)
    except StopIteration as error:
        raise _not_json("Expecting value", text, error.value) from None
    except RecursionError:
        raise ValueError("get_json(): the input is nested too deeply") from None
    except ValueError as error:
        if hasattr(error, "pos"):
            raise _not_json(error.msg, text, error.pos) from None
        raise ValueError(f"get_json(): {error}") from None
    rest = text[end:].lstrip(_BLANK)
    if rest:
        raise _not_json("Extra data", text, len(text) - len(rest))
    return value


def _not_json(what, text, position):
    from json import JSONDecodeError

    return JSONDecodeError(f"get_json(): the input is not JSON: {what}", text, position)


class File:
    """A file that came with the run."""

    __slots__ = ("data", "media_type", "name")

    def __init__(self, name, media_type, data):
        self.name = name
        self.media_type = media_type
        self.data = data

    def text(self, encoding="utf-8"):
        """The file as text, without a byte order mark. Raises a ValueError when it is no text in this encoding."""
        try:
            return self.data.decode(encoding).removeprefix("\ufeff")
        except UnicodeError as error:
            raise ValueError(f"the file {self.name!r} is no {encoding} text: {error}") from None

    def __repr__(self):
        return f"File(name={self.name!r}, media_type={self.media_type!r}, {len(self.data)} bytes)"


def get_file():
    """Returns the run's file. Raises a ValueError when there is none."""
    file = platform_sdk._run.get("file")
    if file is None:
        file = platform_sdk._run["file"] = _given() or _in_text()
    return file


def _given():
    info = _forge.supply("input-file-info")
    if info is None:
        return None
    about, _ = _scan(info.decode("utf-8", "surrogatepass"), 0)
    return File(about["name"], about["media_type"], _forge.supply("input-file"))


def _in_text():
    """The file that clients of the first WasmForge send: a data URL where the input's text would be."""
    text = get_input()
    parsed = parse_data_url(text)
    if parsed is not None:
        return File("input", *parsed)
    if text[:5].lower() == "data:":
        raise ValueError("get_file(): the input looks like a data: URL, but is damaged or not in base64")
    found = "its input is text, see get_input()" if text else "its input is empty"
    raise ValueError(f"get_file(): this run was given no file; {found}")
