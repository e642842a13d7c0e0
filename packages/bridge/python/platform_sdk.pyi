"""What a plugin uses to reach the world: its input, the models and tools it may call, and its output.

    from platform_sdk import call_ai, get_input, send_output

    send_output(call_ai("llama3.2:latest", "Summarize: " + get_input()))
"""

import json as json
import sys as sys
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias, overload

# What `import *` gives: what it gave in the first WasmForge.
__all__ = ["AIError", "call_ai", "get_input", "json", "list_models", "send_output", "sys"]

class AIError(Exception):
    """A call was refused or failed. `code` is for programs, `message` for people.

    Refused by policy, and no use to try again: `model_not_allowed`, `prompt_too_long`, `too_many_calls`,
    `too_many_tokens`, `too_many_images`, `tool_not_allowed`, `argument_not_allowed`, `denied`.
    May be different later: `rate_limited`, `overloaded`, `unavailable`, `timeout`.
    The guide for plugin authors has them all.
    """

    code: str
    message: str
    def __init__(self, code: str, message: str) -> None: ...

_Image: TypeAlias = File | bytes | bytearray | memoryview | str
_Call: TypeAlias = tuple[str, str] | list[str] | Mapping[str, Any]
_Texts: TypeAlias = list[str] | tuple[str, ...] | Iterator[str]
_Format: TypeAlias = Literal["json"] | dict[str, Any]

def call_ai(
    model: str,
    prompt: str,
    *,
    system: str | None = None,
    images: _Image | Iterable[_Image] | None = None,
    format: _Format | None = None,
    temperature: float | None = None,
    max_tokens: int | None = None,
) -> str:
    """Asks a model and returns its answer. Raises AIError when the call is refused or fails.

    `system`: who the model shall be and how it shall answer.
    `images`: for models that can see: bytes, a File, or a data: URL; one or a list. Never a name of a file.
    `format`: "json", or a JSON schema that the answer shall follow. The answer is a str all the same.
    `temperature`: 0 for the likeliest answer, higher for more variety; at most 10.
    `max_tokens`: where the answer is cut off.
    """

def stream_ai(
    model: str,
    prompt: str,
    *,
    system: str | None = None,
    images: _Image | Iterable[_Image] | None = None,
    format: _Format | None = None,
    temperature: float | None = None,
    max_tokens: int | None = None,
) -> TextStream:
    """Like call_ai, but returns at once, an iterator of the answer's pieces.

    The call has begun when this returns. To end it early, stop iterating, or `close()` it.
    """

@overload
def call_ai_many(calls: Iterable[_Call], *, return_errors: Literal[False] = False) -> list[str]: ...
@overload
def call_ai_many(calls: Iterable[_Call], *, return_errors: bool) -> list[str | AIError]:
    """Makes many calls side by side and returns their answers in the order of the calls.

    Each call is `(model, prompt)` or a dict of call_ai's arguments. How many are served at a time is the host's
    policy; the others wait. The first call that fails ends all others and raises its AIError; with
    `return_errors=True` each error takes its answer's place instead.
    """

def embed(model: str, texts: _Texts) -> list[list[float]]:
    """Returns a vector for each of the texts: at most 9,000 in one call."""

def list_models() -> list[str]:
    """Returns the names of the models that this run may call."""

async def call_ai_async(
    model: str,
    prompt: str,
    *,
    system: str | None = None,
    images: _Image | Iterable[_Image] | None = None,
    format: _Format | None = None,
    temperature: float | None = None,
    max_tokens: int | None = None,
) -> str:
    """Like call_ai; other tasks go on meanwhile. Cancelling it ends the call."""

def stream_ai_async(
    model: str,
    prompt: str,
    *,
    system: str | None = None,
    images: _Image | Iterable[_Image] | None = None,
    format: _Format | None = None,
    temperature: float | None = None,
    max_tokens: int | None = None,
) -> AsyncTextStream:
    """Like stream_ai, for `async for`; other tasks go on meanwhile. Needs a running event loop."""

@overload
async def call_ai_many_async(calls: Iterable[_Call], *, return_errors: Literal[False] = False) -> list[str]: ...
@overload
async def call_ai_many_async(calls: Iterable[_Call], *, return_errors: bool) -> list[str | AIError]:
    """Like call_ai_many; other tasks go on meanwhile."""

async def embed_async(model: str, texts: _Texts) -> list[list[float]]:
    """Like embed; other tasks go on meanwhile."""

class TextStream(Iterator[str]):
    """A model's answer, piece by piece as it is written. To stop early, stop iterating, or `close()`."""

    def __iter__(self) -> Self: ...
    def __next__(self) -> str: ...
    def close(self) -> None:
        """Ends the answer. Nothing more comes."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

class AsyncTextStream(AsyncIterator[str]):
    """A model's answer, piece by piece as it is written. To stop early, leave the loop, or `aclose()`."""

    def __aiter__(self) -> Self: ...
    async def __anext__(self) -> str: ...
    async def aclose(self) -> None:
        """Ends the answer. Nothing more comes."""

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

def get_input() -> str:
    """Returns the run's input, whole and unchanged, the same at every call."""

def get_json() -> Any:
    """Returns the run's input as the value that its JSON stands for.

    Raises a ValueError that says what is wrong: a json.JSONDecodeError with the place, a plain one for an empty input.
    """

class File:
    """A file that came with the run."""

    name: str
    media_type: str
    """For example "image/png"."""
    data: bytes
    def __init__(self, name: str, media_type: str, data: bytes) -> None: ...
    def text(self, encoding: str = "utf-8") -> str:
        """The file as text, without a byte order mark. Raises a ValueError when it is no text in this encoding."""

def get_file() -> File:
    """Returns the run's file. Raises a ValueError when there is none.

    Where the input's text is a data: URL, as clients of the first WasmForge send images, that is the file, named
    "input".
    """

def send_output(result: object) -> None:
    """Sends str(result) to the user; a dict, list or tuple of what JSON can say also goes to the host as a value."""

def progress(fraction: float, message: object = "") -> None:
    """Tells the user how far the plugin is, from 0 to 1. Never fails for what the host does with it."""

def log(level: Literal["debug", "info", "warning", "error"], message: object) -> None:
    """Writes a line for whoever runs the platform. Never fails for what the host does with it."""

class _Tool:
    def __call__(self, /, **arguments: Any) -> Any: ...

class _Tools:
    def __getattr__(self, name: str) -> _Tool: ...
    def __getitem__(self, name: str) -> _Tool: ...
    def __iter__(self) -> Iterator[str]: ...

class _AsyncTool:
    async def __call__(self, /, **arguments: Any) -> Any: ...

class _AsyncTools:
    def __getattr__(self, name: str) -> _AsyncTool: ...
    def __getitem__(self, name: str) -> _AsyncTool: ...
    def __iter__(self) -> Iterator[str]: ...

tools: _Tools
"""What the host offers beside models: `tools.NAME(argument=value)`. `dir(tools)` has their names."""

tools_async: _AsyncTools
"""The same tools for asyncio: `await tools_async.NAME(argument=value)`."""
