"""Second of two runs: every switch is as it should be."""
from platform_sdk import send_output
import asyncio, faulthandler, gc, os, signal, socket, sys, threading, tracemalloc

def ask(call):
    try:
        return call()
    except BaseException as error:
        return error

seen = []
for name, is_left in {"threshold": lambda: gc.get_threshold()[0] == 1, "debug": lambda: gc.get_debug() != 0, "callbacks": lambda: bool(gc.callbacks), "switch": lambda: sys.getswitchinterval() == 100, "coroutines": lambda: sys.get_coroutine_origin_tracking_depth() != 0, "generators": lambda: sys.get_asyncgen_hooks()[0] is not None,
                      "tracebacks": lambda: getattr(sys, "tracebacklimit", 1) == 0, "platform": lambda: sys.platform != "wasi", "breakpoint": lambda: sys.breakpointhook is len, "tracemalloc": lambda: tracemalloc.is_tracing(), "faulthandler": lambda: faulthandler.is_enabled(), "folder": lambda: os.getcwd() != "/", "environment": lambda: "LEFT" in os.environ,
                      "signal": lambda: signal.getsignal(signal.SIGINT) is signal.SIG_IGN, "timeout": lambda: socket.getdefaulttimeout() is not None, "profile": lambda: sys.getprofile() is not None, "tool": lambda: sys.monitoring.get_tool(3) is not None, "loop": lambda: asyncio.get_event_loop_policy()._local._loop is not None if hasattr(asyncio.get_event_loop_policy(), "_local") else False,
                      "input": lambda: os.read(0, 1) != b""}.items():
    if ask(is_left) is True:
        seen.append(name)
print("standard output", flush=True)
print("standard error", file=sys.stderr, flush=True)
send_output("BREACH:" + repr(seen) if seen else "HELD:as it should be")
