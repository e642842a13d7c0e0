"""`_forge` for an interpreter in which it is not built in: the same three functions, over a pair of files.

A request is its kind, the lengths of its name and payload, and then both. An answer is its kind, its length and
its bytes. The host answers while it takes the last byte of a request, so there is never anything to wait for.
"""

import builtins

# Of its own, as in the run loop: a plugin may do with the common ones as it likes.
__builtins__ = vars(builtins).copy()

from posix import O_RDONLY, O_WRONLY, open, read, write

_SUPPLY, _CALL, _END = 1, 2, 3
_NOTHING = 0

_requests = open("/forge/request", O_WRONLY)
_answers = open("/forge/response", O_RDONLY)


def supply(name):
    return _exchange(_SUPPLY, name, b"")


def call(op, payload):
    return _exchange(_CALL, op, payload)


def end(report):
    _exchange(_END, "", report)


def _exchange(kind, name, payload):
    name, payload = name.encode(), memoryview(payload).cast("B")
    sizes = len(name).to_bytes(4, "little") + len(payload).to_bytes(4, "little")
    try:
        _send(memoryview(bytes((kind,)) + sizes + name))
        _send(payload)
    except OSError:
        raise ValueError("this is more than one call may carry") from None
    head = _receive(5)
    return None if head[0] == _NOTHING else _receive(int.from_bytes(head[1:], "little"))


def _send(data):
    while data:
        data = data[write(_requests, data) :]


def _receive(length):
    data = read(_answers, length)
    while len(data) < length:
        more = read(_answers, length - len(data))
        if not more:
            raise OSError("the host's answer is incomplete")
        data += more
    return data
