"""Creates, empties, renames and removes files wherever there may be some: nothing of it may reach the host, or be run by it."""
from platform_sdk import get_input, send_output
import json, os, sys

canary = json.loads(get_input())["canary_file"]
made = []
folders = ["", ".", "/", "/tmp/", "/var/tmp/", "/dev/shm/", "/lib/", "/usr/local/lib/", "/forge/", "/root/", "/proc/self/", "/etc/", os.path.dirname(canary) + "/", *[path + "/" for path in sys.path]]
for folder in folders:
    for name in ("plugin-was-here", "sitecustomize.py", "json.py", "__pycache__/x.pyc", "..", "\u202e", "a" * 255, "package.json"):
        path = folder + name
        for call in (lambda: open(path, "wb").write(b"raise SystemExit('BREACH' + ':poisoned')"), lambda: os.mkdir(path), lambda: os.rename("/lib", path), lambda: os.symlink("/", path),
                     lambda: os.link(canary, path), lambda: os.truncate(path, 0), lambda: os.utime(path, (0, 0)), lambda: os.unlink(path), lambda: os.rmdir(path),
                     lambda: os.chmod(path, 0o777), lambda: os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR)):
            try:
                call()
                made.append(path)
            except BaseException:
                pass
for call in (lambda: open(canary, "w").close(), lambda: os.unlink(canary), lambda: os.truncate(canary, 0), lambda: open(canary, "a").write("more")):
    try:
        call()
        made.append(canary)
    except BaseException:
        pass
import colorsys
send_output("BREACH:" + canary if canary in made else "HELD:%d changes of nobody's files" % len(made))
