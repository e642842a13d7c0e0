"""The SDK beside an event loop: a loop that has nothing to do waits for the host as well as for time."""

import asyncio
import weakref
from itertools import islice
from time import monotonic, sleep

import platform_sdk
from _sdk_requests import ai_fields, each_of_many, embed_fields
from _sdk_tickets import STALE, WINDOW, Pieces, begin, error_in, news_of, of_call
from _sdk_tools import Tools
from platform_sdk import AIError

# A loop that is hardly ever idle looks for news now and then: every look is a call, and calls are counted. The
# number of passes is for clocks that stand still.
_LOOK_SECONDS = 0.05
_LOOK_PASSES = 10_000
_MOST_IN_A_WAIT = 1_000


class _Selector:
    """Takes the place of a loop's selector. With no call under way it is as if it were not there."""

    def __init__(self, selector):
        self._selector = selector
        self._waiting = {}
        self._run = platform_sdk._run
        self._passes, self._looked = 0, 0.0

    def add(self, ticket, receive):
        """Calls `receive(news)` for each news of the ticket, in the loop's thread, outside of any task."""
        self._forgot_earlier_run()
        self._waiting[ticket.number] = ticket, receive

    def drop(self, ticket):
        """Nobody waits for it any more."""
        if self._waiting.get(ticket.number, (None,))[0] is ticket:
            del self._waiting[ticket.number]
        ticket.cancel()

    def select(self, timeout=None):
        if self._forgot_earlier_run():
            return ()  # Those who waited have something to do now.
        if not self._waiting:
            return self._selector.select(timeout)
        if timeout is None or timeout >= _LOOK_SECONDS or self._is_due():
            self._look(timeout)
        elif timeout > 0:
            sleep(timeout)
        return ()

    def _look(self, timeout):
        end = timeout and monotonic() + timeout
        try:
            news = news_of(islice(self._waiting, _MOST_IN_A_WAIT), timeout)
        except AIError as error:
            self._fail_all(error.code, error.message)
            return
        for each in news:
            ticket, receive = self._waiting.get(each["ticket"], (None, None))
            if ticket is None:
                continue
            if each.get("done"):
                ticket.is_open = False
                del self._waiting[ticket.number]
            receive(each)
        self._passes, self._looked = 0, monotonic()
        if timeout and not news:
            # By the host's clock the time is over. The guest's may be another, which only sleep moves.
            sleep(max(0, end - self._looked))

    def _is_due(self):
        self._passes += 1
        return self._passes >= _LOOK_PASSES or monotonic() - self._looked >= _LOOK_SECONDS

    def _forgot_earlier_run(self):
        if self._run is platform_sdk._run:
            return False
        self._run = platform_sdk._run
        self._fail_all(*STALE)
        return True

    def _fail_all(self, code, message):
        waiting, self._waiting = self._waiting, {}
        for ticket, receive in waiting.values():
            ticket.cancel()
            receive({"done": True, "error": {"code": code, "message": message}})


def _selector_of(loop):
    selector = loop._selector
    if not isinstance(selector, _Selector):
        selector = loop._selector = _Selector(selector)
    return selector


async def _answer(op, fields):
    loop = asyncio.get_running_loop()
    selector = _selector_of(loop)
    future = loop.create_future()

    def receive(news):
        if news.get("done") and not future.done():
            error = error_in(news)
            future.set_result(news.get("ok")) if error is None else future.set_exception(error)

    ticket = begin(op, fields)
    selector.add(ticket, receive)
    try:
        return await future
    finally:
        selector.drop(ticket)


async def call_ai_async(
    model, prompt, *, system=None, images=None, format=None, temperature=None, max_tokens=None
):
    """Like call_ai; other tasks go on meanwhile. Cancelling it ends the call."""
    where = "call_ai_async()"
    return await _answer(
        "call_ai", ai_fields(where, model, prompt, system, images, format, temperature, max_tokens)
    )


async def embed_async(model, texts):
    """Like embed; other tasks go on meanwhile."""
    fields = embed_fields("embed_async()", model, texts)
    return [] if fields is None else await _answer("embed", fields)


async def call_ai_many_async(calls, *, return_errors=False):
    """Like call_ai_many; other tasks go on meanwhile."""
    requests = each_of_many("call_ai_many_async()", calls)
    turn = asyncio.Semaphore(WINDOW)

    async def one(index, fields):
        async with turn:
            try:
                return await _answer("call_ai", fields)
            except AIError as error:
                if return_errors:
                    return error
                raise of_call(index, error) from None

    tasks = [asyncio.ensure_future(one(index, fields)) for index, fields in enumerate(requests)]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class AsyncTextStream:
    """A model's answer, piece by piece as it is written. To stop early, leave the loop, or `aclose()`."""

    def __init__(self, loop, ticket):
        self._loop, self._selector = loop, _selector_of(loop)
        self._pieces = Pieces(ticket)
        self._wake = None
        # Not a method of this object: it would never be collected while the loop knows of it.
        self._selector.add(ticket, _waking(self._pieces, weakref.ref(self)))

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self._wake is not None:
            raise RuntimeError("another task is already waiting for this stream")
        while not self._pieces.may_be_taken:
            self._wake = self._loop.create_future()
            try:
                await self._wake
            except BaseException:
                self._close()
                raise
            finally:
                self._wake = None
        text = self._pieces.take()
        if not text:
            raise StopAsyncIteration
        return text

    async def aclose(self):
        """Ends the answer. Nothing more comes."""
        self._close()

    def _close(self):
        self._selector.drop(self._pieces.ticket)
        self._pieces.close()
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, traceback):
        self._close()

    def __del__(self):
        try:
            self._close()
        except Exception:
            pass  # At the end of a run there may be nothing left to call.


def _waking(pieces, stream):
    def receive(news):
        pieces.receive(news)
        wake = getattr(stream(), "_wake", None)
        if wake is not None and not wake.done():
            wake.set_result(None)

    return receive


def stream_ai_async(
    model, prompt, *, system=None, images=None, format=None, temperature=None, max_tokens=None
):
    """Like stream_ai, for `async for`; other tasks go on meanwhile."""
    where = "stream_ai_async()"
    fields = ai_fields(where, model, prompt, system, images, format, temperature, max_tokens)
    loop = asyncio.get_running_loop()
    return AsyncTextStream(loop, begin("call_ai", fields, stream=True))


tools_async = Tools("tools_async", lambda fields: _answer("call_tool", fields))
