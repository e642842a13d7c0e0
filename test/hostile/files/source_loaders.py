"""Standard modules that open files on one's behalf, with the host's paths."""
from platform_sdk import get_input, send_output
import json, os

canary = json.loads(get_input())["canary_file"]
hits = []

def attempt(name, call):
    try:
        got = repr(call())
        if "CANARY" in got or "root:" in got:
            hits.append((name, got[:60]))
    except BaseException:
        pass

for path in (canary, "/etc/passwd"):
    attempt("linecache", lambda: __import__("linecache").getlines(path))
    attempt("fileinput", lambda: list(__import__("fileinput").input(path)))
    attempt("codecs", lambda: __import__("codecs").open(path).read())
    attempt("tokenize", lambda: __import__("tokenize").open(path).read())
    attempt("pathlib", lambda: __import__("pathlib").Path(path).read_bytes())
    attempt("io", lambda: __import__("io").FileIO(path).readall())
    attempt("io.open_code", lambda: __import__("io").open_code(path).read())
    attempt("url", lambda: __import__("urllib.request", fromlist=["x"]).urlopen("file://" + path).read())
    attempt("shutil", lambda: __import__("shutil").copy(path, "/tmp/stolen") and open("/tmp/stolen").read())
    attempt("mmap", lambda: __import__("mmap").mmap(os.open(path, os.O_RDONLY), 0)[:20])
    attempt("sqlite", lambda: __import__("sqlite3").connect("file:%s?mode=ro" % path, uri=True).execute("select * from sqlite_master"))
    attempt("configparser", lambda: __import__("configparser").ConfigParser().read(path))
    attempt("loader", lambda: __import__("importlib.machinery", fromlist=["x"]).SourceFileLoader("x", path).get_data(path))
    attempt("zipimport", lambda: __import__("zipimport").zipimporter(path))
    attempt("runpy", lambda: __import__("runpy").run_path(path))
    attempt("pkgutil", lambda: __import__("pkgutil").get_data("json", "../../../.." + path))
    attempt("gettext", lambda: __import__("gettext").GNUTranslations(open(path, "rb")))
    attempt("xml", lambda: __import__("xml.etree.ElementTree", fromlist=["x"]).fromstring(
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file://%s">]><a>&b;</a>' % path).text)
send_output("BREACH:" + repr(hits[:3]) if hits else "HELD:no module opens a host file")
