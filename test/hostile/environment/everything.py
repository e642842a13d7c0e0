"""Collects every text that the interpreter knows about its surroundings: none of it may come from the host."""
from platform_sdk import send_output
import os, platform, sys, sysconfig

def attempt(call, *arguments):
    try:
        return call(*arguments)
    except BaseException as error:
        return type(error).__name__

found = {name: repr(value) for name, value in vars(sys).items() if name != "modules"}
found["environ"] = repr(dict(os.environ)) + repr(getattr(os, "environb", {}))
found["argv"] = repr(sys.argv) + repr(getattr(sys, "orig_argv", None))
for name in ("getlogin", "getcwd", "getpid", "getppid", "getuid", "uname", "cpu_count", "getgroups", "ttyname"):
    found[name] = repr(attempt(lambda: getattr(os, name)()))
for name in ("node", "platform", "uname", "libc_ver", "freedesktop_os_release"):
    found["platform." + name] = repr(attempt(getattr(platform, name)))
found["sysconfig"] = repr(attempt(sysconfig.get_paths)) + repr(attempt(sysconfig.get_config_vars))
found["expanduser"] = repr(attempt(os.path.expanduser, "~")) + repr(attempt(os.path.expandvars, "$HOME $PATH"))
marks = ("CANARY", "/root", "/home/", "/work", "node_modules", "linux-gnu/", "SSH_")
bad = {name: mark for name, text in found.items() for mark in marks if mark in text}
send_output("BREACH:" + repr(bad) if bad else "HELD:nothing of the host")
