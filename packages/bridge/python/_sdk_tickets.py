"""Calls that are answered later: `begin` gives a ticket, `next` waits for news of it, `cancel` gives it back."""

import platform_sdk
from _sdk_requests import ai_fields, each_of_many
from platform_sdk import AIError, _ask

# More than a host serves at a time, and few enough to be named in every wait.
WINDOW = 64
STALE = ("aborted", "the run that began this call is over")


class Ticket:
    """A call that has begun. Its number means nothing in a later run."""

    __slots__ = ("_run", "is_open", "number")

    def __init__(self, number):
        self.number = number
        self.is_open = True
        self._run = platform_sdk._run

    @property
    def is_stale(self):
        return self._run is not platform_sdk._run

    def cancel(self):
        """Ends what the host is doing for it. Idempotent."""
        if self.is_open and not self.is_stale:
            self.is_open = False
            try:
                _ask("cancel", f'{{"ticket":{self.number}}}')
            except AIError:
                pass  # Whatever the host says, nobody waits for this any more.


def begin(op, fields, stream=False):
    streaming = ',"stream":true' if stream else ""
    return Ticket(_ask("begin", f'{{"call":{{"op":"{op}",{fields}}}{streaming}}}'))


def news_of(numbers, timeout=None):
    """What is new: a list of {"ticket", "text"?, "done"?, "ok"?, "error"?}, empty after `timeout` seconds."""
    limit = "" if timeout is None else f',"timeout_ms":{timeout * 1000!r}'
    return _ask("next", f'{{"tickets":[{",".join(map(str, numbers))}]{limit}}}')


def error_in(news):
    error = news.get("error")
    return None if error is None else AIError(error["code"], error["message"])


class Pieces:
    """What has come of an answer and was not taken yet."""

    def __init__(self, ticket):
        self.ticket = ticket
        self._text, self._error = "", None

    @property
    def may_be_taken(self):
        return bool(self._text) or not self.ticket.is_open

    def receive(self, news):
        self._text += news.get("text", "")
        if news.get("done"):
            self.ticket.is_open = False
            self._error = error_in(news)

    def take(self):
        """The text, or "" at the end. What a model said before it failed comes before its error."""
        text, self._text = self._text, ""
        if not text and self._error is not None:
            error, self._error = self._error, None
            raise error
        return text

    def close(self):
        self._text, self._error = "", None
        self.ticket.cancel()
        self.ticket.is_open = False


class TextStream:
    """A model's answer, piece by piece as it is written. To stop early, stop iterating, or `close()`."""

    def __init__(self, ticket):
        self._pieces = Pieces(ticket)

    def __iter__(self):
        return self

    def __next__(self):
        pieces = self._pieces
        while not pieces.may_be_taken:
            if pieces.ticket.is_stale:
                raise AIError(*STALE)
            for news in news_of((pieces.ticket.number,)):
                pieces.receive(news)
        text = pieces.take()
        if not text:
            raise StopIteration
        return text

    def close(self):
        """Ends the answer. Nothing more comes."""
        self._pieces.close()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.close()

    def __del__(self):
        try:
            self.close()
        except Exception:
            pass  # At the end of a run there may be nothing left to call.


def stream_ai(model, prompt, *, system=None, images=None, format=None, temperature=None, max_tokens=None):
    """Like call_ai, but returns at once, an iterator of the answer's pieces."""
    fields = ai_fields("stream_ai()", model, prompt, system, images, format, temperature, max_tokens)
    return TextStream(begin("call_ai", fields, stream=True))


def call_ai_many(calls, *, return_errors=False):
    """Makes many calls side by side and returns their answers in the order of the calls.

    The first call that fails ends all others and raises its AIError; with `return_errors`, each error takes
    its answer's place instead.
    """
    requests = each_of_many("call_ai_many()", calls)
    answers = [None] * len(requests)
    waiting = {}
    upcoming = 0

    def settle(index, answer, error):
        if error is not None and not return_errors:
            raise of_call(index, error)
        answers[index] = answer if error is None else error

    try:
        while upcoming < len(requests) or waiting:
            if upcoming < len(requests) and len(waiting) < WINDOW:
                try:
                    ticket = begin("call_ai", requests[upcoming])
                    waiting[ticket.number] = upcoming, ticket
                except AIError as error:
                    settle(upcoming, None, error)
                upcoming += 1
                continue
            for news in news_of(waiting):
                if news.get("done"):
                    index, ticket = waiting.pop(news["ticket"])
                    ticket.is_open = False
                    settle(index, news.get("ok"), error_in(news))
    finally:
        for _, ticket in waiting.values():
            ticket.cancel()
    return answers


def of_call(index, error):
    """The error, with a line in its traceback that says which of many calls it is of."""
    error.add_note(f"in calls[{index}] of call_ai_many")
    return error
