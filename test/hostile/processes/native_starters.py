"""What starts programs on the way to something else: editors, pagers, compilers, package managers, browsers, debuggers."""
from platform_sdk import send_output
import os, sys

ways = {
    "pip": lambda: __import__("ensurepip").bootstrap() or 1, "venv": lambda: __import__("venv").create("/tmp/venv", with_pip=True) or 1, "pager": lambda: __import__("pydoc").pipepager("x", "true") or 1,
    "tempfile pager": lambda: __import__("pydoc").tempfilepager("x", "true") or 1, "uuid": lambda: __import__("uuid")._ifconfig_getter(), "ldconfig": lambda: __import__("ctypes.util", fromlist=["x"]).find_library("c"),
    "compiler": lambda: __import__("_osx_support")._find_build_tool("cc"), "libc": lambda: __import__("platform").libc_ver("/bin/sh")[0],
    "cgi": lambda: __import__("http.server", fromlist=["x"]).CGIHTTPRequestHandler and __import__("http.server", fromlist=["x"]).nobody_uid() + 1, "popen": lambda: os.popen("id").read(),
    "system": lambda: os.system("true") == 0, "spawn": lambda: os.spawnv(os.P_WAIT, "/bin/true", ["true"]) == 0, "posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}), "exec": lambda: os.execv("/bin/true", ["true"]),
    "subprocess": lambda: __import__("subprocess").run(["/bin/true"]), "shell": lambda: __import__("subprocess").getoutput("id").startswith("uid"), "idle": lambda: __import__("turtledemo"), "fork": lambda: os.fork(),
    "debugger": lambda: __import__("pdb").Pdb().do_run("x"), "commands": lambda: __import__("code").interact(readfunc=lambda prompt: exec("raise EOFError")), "forkserver": lambda: __import__("multiprocessing.forkserver", fromlist=["x"]).ensure_running() or 1,
    "resource tracker": lambda: __import__("multiprocessing.resource_tracker", fromlist=["x"]).ensure_running() or 1, "audio": lambda: __import__("ossaudiodev").open("w"),
}
hits = []
for name, way in ways.items():
    try:
        got = way()
        if got:
            hits.append((name, repr(got)[:40]))
    except BaseException:
        pass
send_output("BREACH:" + repr(hits) if hits else "HELD:%d ways" % len(ways))
