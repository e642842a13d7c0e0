"""Who runs this, on which machine, in which zone, since when: no answer may be the host's."""
from platform_sdk import send_output
import os, platform, sys, time

def ask(call):
    try:
        return call()
    except BaseException:
        return None

facts = {
    "name": (ask(lambda: __import__("socket").gethostname()), (None, "", "localhost")), "node": (ask(platform.node), (None, "", "(none)", "localhost")),
    "user": (ask(lambda: __import__("getpass").getuser()), (None,)), "login": (ask(lambda: os.getlogin()), (None,)), "home": (ask(lambda: os.path.expanduser("~root")), ("~root", "/", None)),
    "zone": (ask(lambda: (time.timezone, time.daylight, time.localtime(0).tm_gmtoff)), ((0, 0, 0), None)), "cpus": (ask(lambda: os.cpu_count()), (None, 1)), "process": (ask(lambda: os.getpid()), (None, 0, 1, 42)),
    "parent": (ask(lambda: os.getppid()), (None, 0, 1)), "uid": (ask(lambda: os.getuid()), (None, 0, 1)), "machine": (ask(platform.machine), (None, "", "wasm32")), "system": (sys.platform, ("wasi",)),
    "release": (ask(lambda: "x" if any(part in os.uname().release for part in ("-generic", "-cloud", "-amd64")) else ""), ("", None)), "executable": (sys.executable, ("", None)),
    "folder": (ask(os.getcwd), (None, "/")), "zone's file": (ask(lambda: open("/etc/localtime", "rb").read(4)), (None,)),
}
odd = {name: value for name, (value, allowed) in facts.items() if value not in allowed}
send_output("BREACH:" + repr(odd) if odd else "HELD:nobody, nowhere")
