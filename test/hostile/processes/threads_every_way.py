"""Threads, by every module that starts some."""
from platform_sdk import send_output
import sys

ran, ran_at = [], []
def work(*arguments):
    ran.append(1)

ways = {
    "_thread": lambda: __import__("_thread").start_new_thread(work, ()), "joinable": lambda: __import__("_thread").start_joinable_thread(work), "threading": lambda: __import__("threading").Thread(target=work).start(),
    "timer": lambda: __import__("threading").Timer(0, work).start(), "executor": lambda: __import__("concurrent.futures", fromlist=["x"]).ThreadPoolExecutor(1).submit(work).result(1),
    "pool": lambda: __import__("multiprocessing.pool", fromlist=["x"]).ThreadPool(1).apply(work), 
    "queue": lambda: __import__("logging.handlers", fromlist=["x"]).QueueListener(None, work).start(), "server": lambda: __import__("socketserver").ThreadingTCPServer(("127.0.0.1", 0), work).serve_forever(),
    "faulthandler": lambda: __import__("faulthandler").dump_traceback_later(0.01), 
}
for name, way in ways.items():
    try:
        way()
    except BaseException:
        pass
    if ran:
        ran.clear()
        ran_at.append(name)
try:
    import threading
    alive = threading.active_count()
except BaseException:
    alive = 1
send_output("BREACH:%r ran, %d alive" % (ran_at, alive) if ran_at or alive > 1 else "HELD:one thread")
