"""Runs programs in the Python that it is run by: {"name", "source"} line by line, and line by line what came of each.

Every program has a process of its own, forked from this one, so none meets what another has changed.
"""

import json
import os
import signal
import sys
import tempfile
import types

# Loaded once for all: no program can tell, and loading them takes longer than most programs.
for name in "ast asyncio csv dataclasses decimal difflib enum fractions inspect pickle pprint statistics tokenize".split():
    __import__(name)

SECONDS = 60
FILE = "p.py"


def run(source):
    """Ends this process, with the program's output and what it raised on standard output."""
    # What a program defines is found there by those who look for it, as `pickle` does.
    sys.modules["__main__"] = main = types.ModuleType("__main__")
    try:
        exec(compile(source, FILE, "exec"), main.__dict__)
        return None
    except SystemExit as error:
        return {"type": "SystemExit", "message": str(error)}
    except BaseException as error:
        return {"type": type(error).__name__, "message": str(error), "line": line_of(error)}


def line_of(error):
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return error.lineno
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == FILE:
            line = step.tb_lineno
        step = step.tb_next
    return line


def in_process(source):
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            signal.alarm(SECONDS)
            os.dup2(printed.fileno(), 1)
            error = run(source)
            sys.stdout.flush()
            told.write(json.dumps(error).encode())
            told.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        printed.seek(0)
        told.seek(0)
        if status != 0:
            return {"stdout": printed.read().decode(), "error": {"type": "killed", "message": str(status)}}
        return {"stdout": printed.read().decode(), "error": json.loads(told.read())}


sys.argv = [FILE]
sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
for line in sys.stdin:
    program = json.loads(line)
    answer = {"name": program["name"], **in_process(program["source"])}
    os.write(1, (json.dumps(answer) + "\n").encode())
