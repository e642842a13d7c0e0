"""The host's files, kernel's and devices' included, by every call that opens, asks about or lists one."""
from platform_sdk import get_input, send_output
import io, json, os, posix

canary = json.loads(get_input())["canary_file"]
hits = []

def attempt(name, path, call):
    try:
        got = call(path)
        text = got if isinstance(got, bytes) else repr(got).encode()
        if any(mark in text for mark in (b"CANARY", b"root:", b"HOST_", b"PATH=", b"node", b"Linux", b"cpu", b"passwd")):
            hits.append((name, path, text[:40]))
    except BaseException:
        pass

def by_number(path):
    opened = posix.open(path, posix.O_RDONLY)
    return posix.read(opened, 200)

paths = [canary, os.path.dirname(canary), "/etc/passwd", "/etc", "/etc/hosts", "/root/.ssh", "/root/.npmrc", "/home", "/var/run/docker.sock"]
paths += ["/proc/" + rest for rest in ("self/environ", "self/cmdline", "self/maps", "self/exe", "self/cwd/package.json", "self/root/etc/passwd",
                                       "self/fd/0", "self/fd/3", "1/environ", "cpuinfo", "version", "net/tcp", "self/mem", "self/task")]
paths += ["/dev/" + rest for rest in ("mem", "kmsg", "fd/3", "stdin", "tty", "shm", "random/../../etc/passwd")]
paths += ["/sys/class/net", "/sys/devices/system/cpu/online", "/run/secrets", "package.json", "./node_modules", "node_modules/.package-lock.json"]
for path in paths:
    for name, call in (("open", lambda p: open(p, "rb").read(200)), ("posix", by_number), ("io", lambda p: io.open(p, "r+b").read(200)),
                       ("list", os.listdir), ("scan", lambda p: [entry.name for entry in os.scandir(p)]), ("link", os.readlink),
                       ("real", lambda p: os.path.realpath(p, strict=True)), ("walk", lambda p: next(os.walk(p))[1:]),
                       ("statvfs", lambda p: os.statvfs(p) and b"passwd"), ("size", lambda p: os.stat(p).st_size and b"passwd" if p != "/dev" else b"")):
        attempt(name, path, call)
send_output("BREACH:" + repr(hits[:4]) if hits else "HELD:%d paths" % len(paths))
