"""Environment variables, by every way there is to them."""
from platform_sdk import send_output
import os, posix, sys

ways = {
    "os": lambda: dict(os.environ), "bytes": lambda: dict(os.environb), "posix": lambda: posix.environ, "getenv": lambda: [os.getenv(name) for name in ("HOST_CANARY", "PATH", "HOME", "USER", "NODE_OPTIONS")],
    "expand": lambda: [text for text in (os.path.expandvars("$HOST_CANARY"), os.path.expandvars("${PATH}")) if "$" not in text],
    "sysconfig": lambda: [value for value in map(str, __import__("sysconfig").get_config_vars().values()) if "CANARY" in value],
    "exec path": lambda: [path for path in os.get_exec_path({}) if "node" in path], "shell": lambda: os.environ["SHELL"], "site": lambda: __import__("site").USER_BASE,
    "locale": lambda: [part for part in __import__("locale").getdefaultlocale() if part and "CANARY" in part], "temp": lambda: [os.environ[name] for name in ("TMPDIR", "TEMP", "TMP")],
    "proxies": lambda: __import__("urllib.request", fromlist=["x"]).getproxies(), "argv": lambda: [each for each in sys.orig_argv if "node" in each or "/work" in each or "--" in each], "options": lambda: sys._xoptions, "warnings": lambda: sys.warnoptions,
    "forge": lambda: [sys.modules["_forge"].supply(name) for name in ("environ", "env", "HOST_CANARY", "PATH", "process.env", "argv")],
}
found = {}
for name, way in ways.items():
    try:
        got = way()
        if isinstance(got, list):
            got = [each for each in got if each]
        if got:
            found[name] = repr(got)[:80]
    except BaseException:
        pass
send_output("BREACH:" + repr(found) if found else "HELD:%d ways" % len(ways))
