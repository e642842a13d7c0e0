"""Deep texts for the parsers that are written in C or call themselves: XML, SQL, regular expressions, formats, mail, settings."""
from platform_sdk import send_output

send_output("HELD:before")
n = 8_000
def attempt(call):
    try:
        call()
    except Exception:
        pass
    except RecursionError:
        pass

def xml(text):
    import xml.etree.ElementTree as tree
    made = tree.fromstring(text)
    tree.tostring(made)
    list(made.iter())
    made.__deepcopy__({})

def sax(text):
    import xml.parsers.expat as expat
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *arguments: parser.Parse("<a>" * 10)
    parser.Parse(text)

attempt(lambda: xml("<a>" * n + "</a>" * n))
attempt(lambda: xml('<?xml version="1.0"?><!DOCTYPE a [<!ELEMENT a ' + "(" * n + "b" + ")" * n + ">]><a/>"))
attempt(lambda: sax("<a>" * 100))
attempt(lambda: __import__("sqlite3").connect(":memory:").execute("select " + "(" * n + "1" + ")" * n))
attempt(lambda: __import__("sqlite3").connect(":memory:").execute("select " + "not " * n + "1"))
attempt(lambda: __import__("sqlite3").connect(":memory:").execute("select json('" + "[" * n + "]" * n + "')").fetchall())
attempt(lambda: __import__("sqlite3").connect(":memory:").execute("with recursive t(x) as (select 1 union all select (select max(x) from t) from t) select * from t").fetchall())
for pattern in ("(?=" * 3_000 + ")" * 3_000, "(a" * 3_000 + ")*" * 3_000, "[" * n, "(?P<a>" * 90 + ")" * 90, "a{1,2}" * 5_000, "(?:(?:a?){2}){2}" * 500):
    attempt(lambda: __import__("re").compile(pattern))
attempt(lambda: ("{" * n).format())
attempt(lambda: ("{0" + "[0]" * n + "}").format([]))
attempt(lambda: ("{0" + ".real" * n + "}").format(1))
attempt(lambda: "{:{:{:{:{}}}}}".format(1, 2, 3, 4, 5))
attempt(lambda: __import__("email").message_from_string("".join("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(2_000))).as_string())
attempt(lambda: __import__("email.headerregistry", fromlist=["x"]).HeaderRegistry()("To", "(" * n))
attempt(lambda: __import__("configparser").ConfigParser().read_string("[a]\n" + "".join("k%d = %%(k%d)s\n" % (k, k + 1) for k in range(n))))
attempt(lambda: __import__("tomllib").loads("a = " + "[" * n + "]" * n))
attempt(lambda: __import__("tomllib").loads("a." * n + "b = 1"))
attempt(lambda: __import__("plistlib").loads(b"<plist>" + b"<array>" * n + b"</array>" * n + b"</plist>"))
attempt(lambda: __import__("shlex").split("'" * n + "\\" * n))
attempt(lambda: __import__("datetime").datetime.strptime("1" * n, "%Y" * 50))
attempt(lambda: __import__("string").Template("$" * n).substitute())
attempt(lambda: __import__("ast").literal_eval("(" * 150 + ")" * 150))
attempt(lambda: __import__("http.cookies", fromlist=["x"]).SimpleCookie('a="' + "\\" * n))
attempt(lambda: __import__("urllib.parse", fromlist=["x"]).parse_qs("&" * 1_000_000))
attempt(lambda: __import__("ipaddress").ip_network("::/0").subnets(new_prefix=128).__next__())
attempt(lambda: __import__("zoneinfo").ZoneInfo("../../../etc/passwd"))
attempt(lambda: __import__("struct").unpack("(" * n, b""))
