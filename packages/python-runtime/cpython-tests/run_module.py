"""Runs one of CPython's test modules and tells the host what becomes of each test, as it happens.

What it says goes through the door: `leave` or `start` and a test's id, then `fail` or `skip`, a line break and why.
What has started and is not said to have failed has passed; so a test that takes the interpreter down is known, too.
"""

import gc
import json
import os
import re
import sys
import types
import unittest

import _forge

_ASKED = json.loads(_forge.supply("input"))
_MODULE, _STAND_INS, _CLAIMS = _ASKED["module"], _ASKED["standIns"], _ASKED["claims"]
_LEFT_OUT = [re.escape(pattern).replace(r"\*", ".*") for pattern in _ASKED["leftOut"]]


def _say(what, *lines):
    _forge.call(what, "\n".join(lines)[:100_000].encode("utf-8", "replace"))


def _name(test):
    """The id without what all ids of the module begin with, and without the parameters of a subtest."""
    if isinstance(test, unittest.case._SubTest):
        test = test.test_case
    return test.id().removeprefix(f"test.{_MODULE}.")


class _Result(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test)
        _say("start", _name(test))

    def addSkip(self, test, reason):
        # A subtest that is skipped says nothing about the others of its test.
        if not isinstance(test, unittest.case._SubTest):
            _say("skip", _name(test), reason)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            _say("fail", _name(test), f"{subtest._subDescription()} {self._exc_info_to_string(error, test)}")

    def addError(self, test, error):
        _say("fail", _name(test), self._exc_info_to_string(error, test))

    addFailure = addError

    def addUnexpectedSuccess(self, test):
        _say("fail", _name(test), "unexpected success")


class _StandIn(types.ModuleType):
    """For a module in C that is compiled only for CPython's tests: a test that needs something of it is skipped."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise unittest.SkipTest(f"needs {self.__name__}.{name}")


def _stand_in(name):
    module = sys.modules[name] = _StandIn(name)
    if name == "_testinternalcapi":
        # What decorators ask at import, answered as this build would.
        module.get_config = lambda: {"code_debug_ranges": 1}
        module.get_immortalize_deferred = lambda: False
        module.suppress_immortalization = lambda suppress: None
        module.has_inline_values = lambda instance: module.inline_values


def _claim(what):
    """Lets a module run that would decline as a whole for the sake of a few tests, or for nothing."""
    from test import support

    if what == "sockets":
        support.has_socket_support = True
    elif what == "host name":
        from test.support import socket_helper

        socket_helper.has_gethostname = True
    elif what == "tools":
        support.has_subprocess_support = True
        import test.test_tools

        support.has_subprocess_support = False


def _set_up():
    sys.path[:] = ["/lib"]
    os.environ["TMPDIR"] = "/tmp"
    os.chdir("/work")
    for name in _STAND_INS:
        _stand_in(name)

    from test import support

    support.verbose = False
    support.use_resources = ["cpu", "decimal", "tzdata", "walltime"]
    support.record_original_stdout(sys.stdout)
    for what in _CLAIMS:
        _claim(what)
    sys.stdout.reconfigure(errors="backslashreplace")
    # So that the places where CPython reports to such hooks are run, too.
    sys.addaudithook(lambda name, arguments: None)


def _without_left_out(tests):
    for test in tests:
        if isinstance(test, unittest.TestSuite):
            yield from _without_left_out(test)
        elif any(re.fullmatch(pattern, _name(test)) for pattern in _LEFT_OUT):
            _say("leave", _name(test))
        else:
            yield test


def _main():
    _set_up()
    try:
        module = __import__(f"test.{_MODULE}", fromlist=["*"])
        suite = unittest.TestLoader().loadTestsFromModule(module)
    except unittest.SkipTest as skip:
        _say("decline", str(skip))
        return
    if _LEFT_OUT:
        suite = unittest.TestSuite(_without_left_out(suite))
    suite.run(_Result())
    gc.collect()


def _deep(depth):
    """A few tests expect as many callers as CPython's own runner has."""
    if depth:
        _deep(depth - 1)
    else:
        _main()


_deep(10)
