"""Archives that claim what they do not have, contain themselves, or unpack outside of their folder."""
from platform_sdk import send_output
import io, struct, tarfile, zipfile

ends = []
def attempt(name, call):
    try:
        got = call()
        ends.append("%s %s" % (name, got if isinstance(got, int) else "done"))
    except BaseException as error:
        ends.append("%s %s" % (name, type(error).__name__))

packed = io.BytesIO()
with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("../../../../../tmp/plugin-escaped", "x")
    archive.writestr("/etc/plugin-escaped", "x")
    archive.writestr("big", bytes(50_000_000))
data = packed.getvalue()
attempt("zip out", lambda: zipfile.ZipFile(io.BytesIO(data)).extractall("/tmp"))
attempt("zip big", lambda: len(zipfile.ZipFile(io.BytesIO(data)).read("big") * 2))
for size in (2**32 - 1, 2**31):
    lying = data.replace(struct.pack("<I", 50_000_000), struct.pack("<I", size))
    attempt("zip lies", lambda: len(zipfile.ZipFile(io.BytesIO(lying)).read("big")))
made = io.BytesIO()
with tarfile.open(fileobj=made, mode="w") as archive:
    for kind, name, target in ((tarfile.SYMTYPE, "a", "/etc"), (tarfile.REGTYPE, "a/plugin-escaped", ""), (tarfile.LNKTYPE, "b", "/etc/passwd"), (tarfile.CHRTYPE, "c", ""), (tarfile.REGTYPE, "../../plugin-escaped", "")):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        archive.addfile(info)
    sparse = tarfile.TarInfo("sparse")
    sparse.size = 0
    archive.addfile(sparse)
for options in ({"filter": "fully_trusted"}, {"filter": "data"}, {}):
    attempt("tar out", lambda: tarfile.open(fileobj=io.BytesIO(made.getvalue())).extractall("/tmp", **options))
attempt("tar size", lambda: tarfile.open(fileobj=io.BytesIO(made.getvalue()[:124] + b"77777777777\0" + made.getvalue()[136:])).getmembers())
attempt("xml laughs", lambda: __import__("xml.etree.ElementTree", fromlist=["x"]).fromstring("<!DOCTYPE l [<!ENTITY a0 'lol'>" + "".join("<!ENTITY a%d '%s'>" % (n, "&a%d;" % (n - 1) * 10) for n in range(1, 12)) + "]><l>&a11;</l>"))
attempt("plist", lambda: __import__("plistlib").loads(b"bplist00" + b"\xaf\x13\x7f\xff\xff\xff\xff\xff\xff\xff" + bytes(32)))
attempt("wave", lambda: __import__("wave").open(io.BytesIO(b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff")).readframes(2**31 - 1))
attempt("csv", lambda: __import__("csv").field_size_limit(2**31 - 1) and len(list(__import__("csv").reader(['"' + "x" * 30_000_000]))[0][0]))
send_output("HELD:" + "; ".join(ends))
