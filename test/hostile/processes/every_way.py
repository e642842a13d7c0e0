"""Every way to start, signal or become a process."""
from platform_sdk import send_output
import os

hits = []

def attempt(name, call):
    try:
        got = call()
        if got is not None:
            hits.append((name, repr(got)[:60]))
    except BaseException:
        pass

async def shell():
    import asyncio
    process = await asyncio.create_subprocess_exec("/bin/true")
    return await process.wait()

attempt("multiprocessing", lambda: __import__("multiprocessing").Process(target=print).start() or "started")
attempt("spawn context", lambda: __import__("multiprocessing").get_context("spawn").Process(target=print).start() or "started")
attempt("pool", lambda: __import__("concurrent.futures", fromlist=["x"]).ProcessPoolExecutor(1).submit(abs, 1).result(2))
attempt("asyncio", lambda: __import__("asyncio").run(shell()))
attempt("pty", lambda: __import__("pty").spawn("/bin/true"))
attempt("_posixsubprocess", lambda: __import__("_posixsubprocess").fork_exec([b"/bin/true"], [b"/bin/true"], True, (), None, None,
        -1, -1, -1, -1, -1, -1, -1, -1, True, False, -1, None, None, None, -1, None, True))
attempt("webbrowser", lambda: __import__("webbrowser").open("http://127.0.0.1/") or None)
for name in ("spawnlp", "spawnvpe", "popen2", "startfile", "forkpty", "vfork"):
    attempt(name, lambda: getattr(os, name)(os.P_WAIT, "true", "true"))
for name in ("kill", "killpg", "tkill"):
    attempt(name, lambda: getattr(os, name)(1, 0) or "signalled")
attempt("setuid", lambda: os.setuid(0) or "done")
attempt("nice", lambda: os.nice(-5))
attempt("memfd", lambda: os.memfd_create("x"))
attempt("ptrace by _ctypes", lambda: __import__("_ctypes").dlopen(None, 0))
attempt("create_dynamic", lambda: __import__("_imp").create_dynamic(
        __import__("importlib.machinery", fromlist=["x"]).ModuleSpec("x", None, origin="/lib/x86_64-linux-gnu/libc.so.6")))
send_output("BREACH:" + repr(hits) if hits else "HELD:no process")
