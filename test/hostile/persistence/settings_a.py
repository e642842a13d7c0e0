"""First of two runs: every switch of the interpreter turned the other way."""
from platform_sdk import send_output
import asyncio, faulthandler, gc, os, signal, socket, sys, threading, time, tracemalloc

send_output("INFO:turned")
for turn in (lambda: gc.set_threshold(1, 1, 1), lambda: gc.set_debug(gc.DEBUG_STATS), lambda: gc.callbacks.append(lambda *arguments: 1 / 0), lambda: sys.setswitchinterval(100), lambda: sys.set_coroutine_origin_tracking_depth(50), lambda: sys.set_asyncgen_hooks(len, len), lambda: setattr(sys, "tracebacklimit", 0),
             lambda: setattr(sys, "dont_write_bytecode", False), lambda: setattr(sys, "platform", "left"), lambda: sys.breakpointhook and setattr(sys, "breakpointhook", len), lambda: tracemalloc.start(50), lambda: faulthandler.enable(), lambda: os.chdir("/lib"), lambda: os.umask(0o777), lambda: os.environ.update(LEFT="1"), lambda: os.putenv("LEFT", "1"),
             lambda: signal.signal(signal.SIGINT, signal.SIG_IGN), lambda: socket.setdefaulttimeout(1), lambda: threading.setprofile(len), lambda: threading.stack_size(1 << 20), lambda: time.tzset(), lambda: asyncio.set_event_loop_policy(None), lambda: sys.monitoring.use_tool_id(3, "left"), lambda: sys.monitoring.set_events(3, sys.monitoring.events.LINE),
             lambda: sys.activate_stack_trampoline("perf"), lambda: sys.flags.__class__, lambda: sys.setprofile(len), lambda: os.close(0), lambda: os.dup2(1, 2), lambda: asyncio.set_event_loop(asyncio.new_event_loop())):
    try:
        turn()
    except Exception:
        pass
