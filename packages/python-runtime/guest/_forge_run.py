"""The run loop: executes one plugin as `__main__` and tells the host, exactly once, how it ended.

A plugin shares this interpreter and may replace anything in it, so what is needed after the plugin ran is
held by private references from before. A plugin that reaches into this module spoils only its own report;
the host trusts nothing in it.
"""

import builtins

# Functions look their builtins up here, so that a plugin which empties the real ones does not empty ours.
_intact = vars(builtins).copy()
__builtins__ = _intact

import os
import sys
from _json import encode_basestring_ascii as _quote
from _random import Random
from _sitebuiltins import Quitter, _Helper
from atexit import _run_exitfuncs
from gc import collect as _collect
from marshal import dumps as _dumps, loads as _loads

import _forge

_supply, _end = _forge.supply, _forge.end
_seed = Random.seed
_modules, _urandom, _standard_hook = sys.modules, os.urandom, sys.__excepthook__
_settrace, _setprofile, _setrecursionlimit = sys.settrace, sys.setprofile, sys.setrecursionlimit
_streams = (sys.stdout, sys.stderr)
# An exception's class may hide these behind attributes of its own.
_name_of = type.__dict__["__name__"].__get__
_traceback_of = BaseException.__dict__["__traceback__"].__get__

_MAX_TYPE, _MAX_MESSAGE, _MAX_TRACEBACK = 200, 4_000, 16_000
_MAX_FRAMES, _MAX_CHAIN = 1_000, 20
_COMPLETED = b'{"kind":"completed"}'
_UNTELLABLE = b'{"kind":"raised","hasLetGo":true,"error":{"type":"MemoryError","message":"","traceback":""}}'

# Given back before a report is made, so that there is room for one when the plugin left none.
_RESERVE = 64 * 1024
_reserve = bytearray(_RESERVE)
_main = None
_tools = None


def prepare():
    """Loads what only a failing run needs: before a snapshot, or else when the first run fails."""
    global _tools
    import linecache
    import traceback

    _tools = linecache, traceback
    return _tools


def run():
    """Runs the plugin that the host supplies, or only compiles it, if that is what the host asks for."""
    global _reserve
    file, source, error = "<plugin>", b"", None
    try:
        encoding, imports, main, code, file = _supply("run").decode("utf-8", "replace").split("\0", 4)
        if main == "none":
            return _end(_code_for_later(encoding, file))
        # Every other run starts from a memory that others start from, too: they would draw the same numbers.
        if main != "continued":
            _reseed()
        source = _source(encoding)
        namespace = (_new_main if main == "new" else _kept_main)(file, source)
        if imports != "*":
            _allow_imports(imports.split(), namespace)
        exec(_loads(_supply("code")) if code else _compile(source, file), namespace)
    except BaseException as raised:
        # Calling anything may need memory that the plugin has left none of.
        _reserve, error = None, raised
    # A tracing function of the plugin's would run in, and could raise from, everything below.
    try:
        _setprofile(None)
    except BaseException:
        pass
    try:
        _settrace(None)
        _setrecursionlimit(1_000)
    except BaseException:
        pass
    report = _COMPLETED if error is None else _told(error, file, source)
    _quietly(_run_exitfuncs)
    _flush()
    _end(report)


def _compile(source, file):
    return compile(source, file, "exec", dont_inherit=True)


def _code_for_later(encoding, file):
    """Nothing where each run must compile the plugin itself: to fail, or to warn, again."""
    try:
        import warnings

        warnings.simplefilter("error")
        code = _compile(_source(encoding), file)
        kept = _dumps(code)
        return kept if _lists_the_same(code, _loads(kept)) else b""
    except BaseException:
        return b""


def _lists_the_same(code, copy):
    """Constant sets may list their members in another order when they were kept: output would depend on it."""
    for one, other in zip(code.co_consts, copy.co_consts):
        if type(one) is type(code):
            if not _lists_the_same(one, other):
                return False
        elif type(one) is frozenset and [*one] != [*other]:
            return False
    return True


def _reseed():
    random = _modules.get("random")
    if random is not None:
        # The C method: `random.seed` itself only adds type checks.
        _seed(random._inst, int.from_bytes(_urandom(32), "little"))
        # Half of a pair, which a session's last run may have left.
        random._inst.gauss_next = None


def _source(encoding):
    source = _supply("source")
    # Named where the host had text, not bytes: then a coding cookie in it says nothing about these bytes.
    return source.decode(encoding) if encoding else source


class _Loader:
    """Gives `traceback`, `inspect` and `warnings` the plugin's lines when they ask; there is no file."""

    def __init__(self, source):
        self._source = source

    def get_source(self, name=None):
        return _text(self._source)


def _new_main(file, source):
    global _main
    _main = type(sys)("__main__")
    _main.__builtins__ = builtins
    return _namespace(file, source)


def _kept_main(file, source):
    """The module that the last run in this memory left; all else that a run begins with is as if it were the first."""
    global _reserve
    # The lines of every run, not only of the last: its functions may come up in tracebacks of later ones.
    _quietly(_remember, file, source)
    if _main is None:
        return _new_main(file, source)
    builtins.__import__ = _intact["__import__"]
    _reserve = _reserve or bytearray(_RESERVE)
    _quietly(lambda: _modules["platform_sdk"]._begin_run())
    return _namespace(file, source)


def _namespace(file, source):
    _main.__file__ = file
    _main.__loader__ = _Loader(source)
    _modules["__main__"] = _main
    sys.argv = [file]
    return _main.__dict__


def _allow_imports(allowed, namespace):
    """Makes import statements of the plugin's own file fail, with an explanation: a policy, and no wall."""
    import_ = _intact["__import__"]

    def __import__(name, globals=None, locals=None, fromlist=(), level=0):
        # Where C code imports something for its caller, which then is the plugin, `fromlist` is a list.
        if globals is namespace and level == 0 and type(name) is str and type(fromlist) is not list:
            top = name.partition(".")[0]
            if top not in allowed and top not in ("__future__", "platform_sdk"):
                others = ", ".join((*allowed, "platform_sdk"))
                raise ImportError(f"this plugin may not import {top!r}, only: {others}", name=top)
        return import_(name, globals, locals, fromlist, level)

    builtins.__import__ = __import__


def _text(source):
    """The source as the compiler read it: decoded, with one kind of line end."""
    if isinstance(source, str):
        return source.replace("\r\n", "\n").replace("\r", "\n")
    from _frozen_importlib_external import decode_source

    return decode_source(source)


def _told(error, file, source):
    """The report on an exception that reached the top. It must come about whatever state the plugin left."""
    vars(builtins).update(_intact)
    try:
        if issubclass(type(error), SystemExit):
            return b'{"kind":"exited","code":%d}' % _exit_code(error)
        hook = sys.excepthook
        if hook is not _standard_hook:
            _quietly(hook, type(error), error, _traceback_of(error))
    except BaseException:
        pass
    for describe in (_in_full, _in_full, _in_brief, _by_name):
        try:
            return _raised(error, file, *describe(error, file, source))
        except MemoryError:
            _quietly(_let_go, error)
        except BaseException:
            pass
    return _UNTELLABLE


def _let_go(error):
    """Gives back the memory that the plugin holds. A session does not go on from there: the report says so."""
    global _main
    step = _traceback_of(error)
    while step is not None:
        _quietly(step.tb_frame.clear)
        step = step.tb_next
    _main.__dict__.clear()
    _main = None
    # Classes, and whatever else knows itself, are not gone before.
    _quietly(_collect)


def _exit_code(error):
    """What CPython makes of `SystemExit.code`: nothing is 0, an int is itself, all else is a last message."""
    code = error.code
    if code is None:
        return 0
    if issubclass(type(code), int):
        return code if -(2**31) <= code < 2**31 else -1
    _quietly(lambda: print(code, file=sys.stderr))
    return 1


def _raised(error, file, message, traceback):
    name = _cut(_name_of(type(error)), _MAX_TYPE)
    fields = f'"type":{_quote(name)},"message":{_quote(message)},"traceback":{_quote(traceback)}'
    try:
        line = _line(error, file)
        fields += "" if line is None else f',"line":{line}'
    except Exception:
        pass  # The exception does not let itself be asked.
    let_go = '"hasLetGo":true,' if _main is None else ""
    return f'{{"kind":"raised",{let_go}"error":{{{fields}}}}}'.encode()


def _line(error, file):
    """The innermost line of the plugin's own file; for a SyntaxError in it, the line that is wrong."""
    if issubclass(type(error), SyntaxError) and error.filename == file:
        return error.lineno if type(error.lineno) is int and error.lineno > 0 else None
    line, step = None, _traceback_of(error)
    while step is not None:
        if step.tb_frame.f_code.co_filename == file:
            line = step.tb_lineno
        step = step.tb_next
    return line


def _in_full(error, file, source):
    _, traceback = _tools or prepare()
    try:
        _remember(file, source)
    except BaseException:
        pass  # Not text at all: a traceback without source lines.
    _shorten_chain(error)
    told = traceback.TracebackException(
        type(error), error, _traceback_of(error), limit=-_MAX_FRAMES, compact=True
    )
    for link in _links(told):
        link._str = _cut(link._str, _MAX_MESSAGE)
        link.stack[:] = [_as_known_to_authors(frame, traceback) for frame in link.stack if not _ours(frame)]
    return told._str, _cut_pieces(told.format(), _MAX_TRACEBACK)


def _remember(file, source):
    """Tells `linecache` the plugin's lines."""
    linecache, _ = _tools or prepare()
    linecache.cache[file] = (0, None, [line + "\n" for line in _text(source).split("\n")], file)


def _in_brief(error, file, source):
    """For a plugin that broke `traceback`."""
    return _cut(str(error), _MAX_MESSAGE), ""


def _by_name(error, file, source):
    """For an exception that cannot even be turned into text."""
    return "", ""


def _shorten_chain(error):
    """Drops the oldest of very many chained exceptions, which would cost more than anyone reads."""
    for _ in range(_MAX_CHAIN):
        older = error.__cause__
        error = error.__context__ if older is None else older
        if error is None:
            return
    error.__cause__ = error.__context__ = None


def _links(told):
    links = [told]
    for link in links:
        links += [each for each in (link.__cause__, link.__context__, *(link.exceptions or ())) if each]
    return links


def _ours(frame):
    """Frames of the run loop and of importing: CPython shows neither."""
    return frame.filename.rpartition("/")[2].startswith(("_forge", "<frozen _forge", "<frozen importlib."))


def _as_known_to_authors(frame, traceback):
    """Library files carry the folder they were compiled in: show where they are found instead."""
    compiled_in = traceback.format_exc.__code__.co_filename.removesuffix("traceback.py")
    if compiled_in and frame.filename.startswith(compiled_in):
        frame.filename = f"{sys._stdlib_dir}/{frame.filename.removeprefix(compiled_in)}"
    return frame


def _cut(text, limit):
    text = "".join((text,))  # An exact str: a subclass could lie about its length.
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters left out ...\n{text[-half:]}"


def _cut_pieces(pieces, limit):
    """Like cutting the joined text, without ever holding all of it."""
    half = limit // 2
    head, tail, left_out = "", "", 0
    for piece in pieces:
        if len(head) < half:
            room = half - len(head)
            head, piece = head + piece[:room], piece[room:]
        left_out += max(0, len(tail) + len(piece) - half)
        tail = (tail + piece[-half:])[-half:]
    note = f"\n... {left_out} characters left out ...\n" if left_out else ""
    return head + note + tail


def _flush():
    """What waits in buffers, in the streams as they were and as the plugin left them."""
    for stream in _streams:
        _quietly(stream.flush)
    _quietly(lambda: sys.stdout.flush())
    _quietly(lambda: sys.stderr.flush())


def _quietly(action, *arguments):
    try:
        action(*arguments)
    except BaseException:
        pass


# Without `site`, which costs every cold start, these would be missing.
for _name in ("exit", "quit"):
    if not hasattr(builtins, _name):
        setattr(builtins, _name, Quitter(_name, "the end of the input"))
if not hasattr(builtins, "help"):
    builtins.help = _Helper()
