"""What the SDK's functions are given, as the JSON of a call.

Errors begin with `where`, such as "call_ai()", and go on with the `name` of the argument that is meant.
"""

from _json import encode_basestring as quote
from binascii import a2b_base64, b2a_base64

from platform_sdk import _ask, _check_text

# The host reads no call with more than 10,000 values in it.
_MAX_TEXTS = 9_000
_LARGEST_INT = 2**53 - 1
_AI_ARGUMENTS = ("model", "prompt", "system", "images", "format", "temperature", "max_tokens")

_IMAGE_BEGINNINGS = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",  # JPEG
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\0",  # TIFF
    b"MM\0*",
    b"\xff\x0a",  # JPEG XL
    b"\0\0\0\x0cJXL ",
)


def embed(model, texts):
    """Returns a vector, a list of floats, for each of the texts."""
    fields = embed_fields("embed()", model, texts)
    return [] if fields is None else _ask("embed", f"{{{fields}}}")


def embed_fields(where, model, texts):
    """None when there is nothing to ask for."""
    _check_text(where, "model", model)
    texts = a_list(where, "texts", texts)
    if len(texts) > _MAX_TEXTS:
        raise ValueError(f"{where}: texts has {len(texts)} items; one call takes at most {_MAX_TEXTS}")
    for index, text in enumerate(texts):
        _check_text(where, f"texts[{index}]", text)
    return f'"model":{quote(model)},"texts":[{",".join(map(quote, texts))}]' if texts else None


def ai_fields(where, model, prompt, system=None, images=None, format=None, temperature=None, max_tokens=None):
    _check_text(where, "model", model)
    _check_text(where, "prompt", prompt)
    options = option_fields(where, system, images, format, temperature, max_tokens)
    return f'"model":{quote(model)},"prompt":{quote(prompt)}{options}'


def option_fields(where, system, images, format, temperature, max_tokens):
    fields = ""
    if system is not None:
        _check_text(where, "system", system)
        fields += f',"system":{quote(system)}'
    if images is not None:
        fields += f',"images":[{",".join(_images(where, images))}]'
    if format is not None:
        fields += f',"format":{_format(where, format)}'
    if temperature is not None:
        fields += f',"temperature":{number(where, "temperature", temperature, 0, 10)!r}'
    if max_tokens is not None:
        fields += f',"max_tokens":{_whole(where, "max_tokens", max_tokens)}'
    return fields


def each_of_many(where, calls):
    """The fields of every call that `call_ai_many` is given. All are looked at before the first is made."""
    return [
        _one_of_many(f"{where}: calls[{index}]", call)
        for index, call in enumerate(a_list(where, "calls", calls))
    ]


def _one_of_many(where, call):
    if isinstance(call, (tuple, list)) and len(call) == 2:
        return ai_fields(where, *call)
    if not isinstance(call, dict):
        raise TypeError(f"{where} must be a (model, prompt) tuple or a dict of call_ai's arguments")
    unknown = [key for key in call if key not in _AI_ARGUMENTS]
    if unknown:
        raise TypeError(
            f"{where} has {unknown[0]!r}, which call_ai does not take; it takes: {', '.join(_AI_ARGUMENTS)}"
        )
    for name in ("model", "prompt"):
        if name not in call:
            raise TypeError(f"{where} lacks {name!r}")
    return ai_fields(where, **call)


def a_list(where, name, values):
    # A text is a sequence of texts, which nobody means here; and a dict's items are its keys.
    if isinstance(values, (str, bytes, bytearray, memoryview, dict)) or not hasattr(type(values), "__iter__"):
        raise TypeError(f"{where}: {name} must be a list, not {type(values).__name__}")
    return list(values)


def number(where, name, value, least, most):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{where}: {name} must be a number, not {type(value).__name__}")
    try:
        value = float(value)
    except OverflowError:
        value = float("inf")
    # Written so that NaN is outside.
    if not least <= value <= most:
        raise ValueError(f"{where}: {name} must be from {least} to {most}, not {value:g}")
    return value


def _whole(where, name, value):
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{where}: {name} must be an int, not {type(value).__name__}")
    if not 1 <= value <= _LARGEST_INT:
        raise ValueError(f"{where}: {name} must be from 1 to 2**53 - 1")
    return int(value)


def _format(where, format):
    if isinstance(format, dict):
        return to_json(where, "format", format)
    if not isinstance(format, str):
        raise TypeError(
            f'{where}: format must be "json" or a dict with a JSON schema, not {type(format).__name__}'
        )
    if format != "json":
        raise ValueError(f'{where}: format must be "json" or a dict with a JSON schema')
    return '"json"'


def _images(where, images):
    if _may_be_image(images):
        return [_image(where, "images", images)]
    return [
        _image(where, f"images[{index}]", each) for index, each in enumerate(a_list(where, "images", images))
    ]


def _may_be_image(value):
    return isinstance(value, (str, bytes, bytearray, memoryview)) or hasattr(value, "media_type")


def _image(where, name, image):
    """As base64 in quotes. Images are bytes, never names of files: those would be the host's."""
    if isinstance(image, str):
        media_type, data = _from_url(where, name, image)
    elif isinstance(image, (bytes, bytearray, memoryview)):
        media_type, data = "", bytes(image)
    elif hasattr(image, "media_type"):
        media_type, data = image.media_type, image.data
    else:
        raise TypeError(f"{where}: {name} must be bytes, a File or a data: URL, not {type(image).__name__}")
    if not data:
        raise ValueError(f"{where}: {name} is empty")
    if not media_type.startswith("image/") and not _looks_like_image(data):
        said = f", and says that it is {media_type!r}" if media_type else ""
        raise ValueError(
            f"{where}: {name} does not begin like an image (PNG, JPEG, GIF, WebP and others){said}"
        )
    return f'"{b2a_base64(data, newline=False).decode()}"'


def _from_url(where, name, text):
    parsed = parse_data_url(text)
    if parsed is None:
        raise ValueError(
            f"{where}: {name} is a str that is not a data:…;base64,… URL. "
            "Give the image itself, such as get_file(): a plugin cannot name files"
        )
    return parsed


def _looks_like_image(data):
    return (
        data.startswith(_IMAGE_BEGINNINGS)
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or data[4:8] == b"ftyp"  # AVIF, HEIC
    )


def parse_data_url(text):
    """(media type, bytes), or None for anything but a data URL in base64, as browsers make them."""
    if text[:5].lower() != "data:":
        return None
    head, comma, body = text[5:].strip().partition(",")
    media_type, _, encoding = head.partition(";")
    if not comma or encoding.rpartition(";")[2].strip().lower() != "base64":
        return None
    try:
        return media_type.strip().lower() or "text/plain", a2b_base64(body, strict_mode=True)
    except ValueError:  # Neither base64 nor, for what is no ASCII, a text of it.
        return None


def to_json(where, name, value):
    # Not at the top: it brings `json` and `re`, and most calls have nothing but texts.
    from json.encoder import JSONEncoder

    try:
        return JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(value)
    except RecursionError:
        raise ValueError(f"{where}: {name} is nested too deeply") from None
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(f"{where}: {name} has no form in JSON: {error}") from None
