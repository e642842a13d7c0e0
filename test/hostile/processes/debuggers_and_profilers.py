"""Tools that look into, stop, or attach to processes: tracing, profiling, remote debugging, dumps."""
from platform_sdk import send_output
import os, sys

send_output("HELD:before")
hits = []
ways = {
    "remote exec": lambda: sys.remote_exec(1, "/tmp/x.py"), "perf": lambda: sys.activate_stack_trampoline("perf") and os.listdir("/tmp"), "dump": lambda: __import__("faulthandler").dump_traceback(3), "later": lambda: __import__("faulthandler").dump_traceback_later(0.001, file=2),
    "register": lambda: __import__("faulthandler").register(10), "cprofile": lambda: __import__("cProfile").run("1", "/tmp/profile"), "pstats": lambda: open("/tmp/profile").read(), "tracemalloc": lambda: (__import__("tracemalloc").start(), __import__("tracemalloc").take_snapshot().dump("/tmp/dump")),
    "trace": lambda: __import__("trace").CoverageResults().write_results(coverdir="/tmp/cover"), "bdb": lambda: __import__("bdb").Bdb().set_trace(), "breakpoint": lambda: breakpoint(), "hook": lambda: os.environ.__setitem__("PYTHONBREAKPOINT", "os.system") or breakpoint("true"), "ptrace": lambda: __import__("ptrace"),
    "core": lambda: __import__("resource").setrlimit(4, (-1, -1)), "audit": lambda: sys.addaudithook(print) and None, "exc": lambda: sys._current_frames() and len(sys._current_frames()) > 1 and sys._current_frames(), "threads": lambda: sys._current_exceptions() and len(sys._current_exceptions()) > 1,
}
for name, way in ways.items():
    try:
        got = way()
        if got:
            hits.append((name, repr(got)[:50]))
    except BaseException:
        pass
send_output("BREACH:" + repr(hits) if hits else "HELD:%d ways" % len(ways))
