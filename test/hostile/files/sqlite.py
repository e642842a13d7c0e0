"""A database as a way to files: attach, vacuum into, back up, load an extension."""
from platform_sdk import get_input, send_output
import json

try:
    import sqlite3
except ImportError:
    send_output("HELD:no sqlite3")
    raise SystemExit
canary = json.loads(get_input())["canary_file"]
hits = []

def attempt(name, call):
    try:
        got = call()
        if got:
            hits.append((name, got))
    except Exception:
        pass

database = sqlite3.connect(":memory:")
for path in ("/etc/passwd", canary, "/tmp/left_by_sqlite.db", "file:/tmp/left_by_sqlite.db?vfs=unix-none", "left_by_sqlite.db"):
    attempt("attach", lambda: database.execute("attach ? as other", (path,)) and database.execute("create table other.t(x)") and "created")
    attempt("vacuum", lambda: database.execute("vacuum into ?", (path + "2",)) and "written")
    attempt("open", lambda: sqlite3.connect(path, uri=True).execute("create table t(x)") and "created")
    attempt("backup", lambda: database.backup(sqlite3.connect(path)))
attempt("extension", lambda: database.enable_load_extension(True) or database.load_extension("/lib/x86_64-linux-gnu/libc.so.6") or "loaded")
attempt("readfile", lambda: database.execute("select readfile('/etc/passwd')").fetchone())
attempt("directory", lambda: database.execute("pragma temp_store_directory='/tmp'").fetchone())
inside = [hit for hit in hits if hit[0] in ("extension", "readfile")]
send_output("BREACH:" + repr(inside) if inside else "INFO:" + repr(hits)[:200])
