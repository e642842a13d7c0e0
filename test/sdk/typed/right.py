"""What an author may write: a strict type checker has nothing to say about it."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, assert_type

from platform_sdk import (
    AIError,
    File,
    TextStream,
    call_ai,
    call_ai_async,
    call_ai_many,
    call_ai_many_async,
    embed,
    embed_async,
    get_file,
    get_input,
    get_json,
    list_models,
    log,
    progress,
    send_output,
    stream_ai,
    stream_ai_async,
    tools,
    tools_async,
)

SCHEMA = {"type": "object", "properties": {"score": {"type": "integer"}}}

assert_type(call_ai("m", "p"), str)
call_ai(model="m", prompt="p", system="s", format="json", temperature=0, max_tokens=5)
call_ai("m", "p", format=SCHEMA, images=get_file())
call_ai("m", "p", images=[b"", bytearray(), memoryview(b""), "data:image/png;base64,", File("a", "image/png", b"")])

stream: TextStream = stream_ai("m", "p")
pieces: Iterator[str] = stream
with stream_ai("m", "p") as opened:
    assert_type(next(opened), str)
stream.close()

calls: list[dict[str, Any]] = [{"model": "m", "prompt": prompt} for prompt in "abc"]
assert_type(call_ai_many(calls), list[str])
assert_type(call_ai_many(("m", prompt) for prompt in "abc"), list[str])
for answer in call_ai_many([("m", "p"), {"model": "m", "prompt": "p", "temperature": 1}], return_errors=True):
    assert_type(answer, str | AIError)
    send_output(f"{answer.code} {answer.message}" if isinstance(answer, AIError) else answer)

assert_type(embed("m", ["a", "b"]), list[list[float]])
assert_type(embed("m", (text for text in "ab")), list[list[float]])
assert_type(list_models(), list[str])
assert_type(get_input(), str)
value: dict[str, int] = get_json()
assert_type(get_file().data, bytes)
assert_type(get_file().text("latin-1"), str)
send_output({"a": [1]})
progress(1, "done")
log("warning", value)
found: list[str] = tools.lookup(word="a", limit=3) or tools["lookup"](**{"odd name": 1})
names: list[str] = list(tools)


async def main() -> None:
    assert_type(await call_ai_async("m", "p", system="s"), str)
    pieces: AsyncIterator[str] = stream_ai_async("m", "p")
    async for text in pieces:
        assert_type(text, str)
    assert_type(await call_ai_many_async([("m", "p")]), list[str])
    assert_type(await call_ai_many_async([("m", "p")], return_errors=True), list[str | AIError])
    assert_type(await embed_async("m", ["a"]), list[list[float]])
    await tools_async.lookup(word="a")
