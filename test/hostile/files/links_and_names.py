"""Links, renames, working folders and names that parsers of paths stumble over."""
from platform_sdk import get_input, send_output
import json, os

canary = json.loads(get_input())["canary_file"]
hits = []

def attempt(name, call):
    try:
        got = call()
        if isinstance(got, (str, bytes)) and (b"CANARY" in os.fsencode(got) or b"root:" in os.fsencode(got)):
            hits.append((name, got[:20]))
    except BaseException:
        pass

def read(path):
    with open(path, "rb") as file:
        return file.read(200)

for folder in (".", "/", "/tmp", "/lib", "/usr", "/sandbox", "/dev"):
    link = folder + "/probe-link"
    for target in ("/", "/etc", "..", "../../../../..", os.path.dirname(canary)):
        attempt("symlink", lambda: os.symlink(target, link))
        attempt("through", lambda: read(link + "/etc/passwd") + read(link + "/" + os.path.basename(canary)))
        attempt("readlink", lambda: os.readlink(link))
        attempt("remove", lambda: os.unlink(link))
    attempt("hard link", lambda: os.link("/etc/passwd", link) or read(link))
    attempt("rename", lambda: os.rename("/etc/passwd", link) or read(link))
    attempt("chdir", lambda: os.chdir(folder) or read("etc/passwd"))
for path in ("/etc/passwd\0.txt", "/./etc//passwd", "//etc/passwd", "/etc/passwd/", "\\\\?\\/etc/passwd", "file:///etc/passwd",
             "/usr/local/lib/../../../etc/passwd", "/lib/" + "../" * 5000 + "etc/passwd", "/" + "a" * 1_000_000,
             "/\udc80/../etc/passwd", "/\u2025/etc/passwd", "%2e%2e/etc/passwd", canary.upper(), canary + "/.", b"/etc/passwd"):
    attempt("name", lambda: read(path))
    attempt("listing", lambda: ",".join(os.listdir(path)))
send_output("BREACH:" + repr(hits[:3]) if hits else "HELD:no name leads out")
