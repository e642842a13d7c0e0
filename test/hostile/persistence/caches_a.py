"""First of two runs: a mark in every cache and registry of the library."""
from platform_sdk import send_output
import builtins, codecs, contextvars, csv, encodings, enum, fnmatch, functools, linecache, locale, logging, mimetypes, re, struct, sys, typing, warnings
import copyreg, decimal, importlib, json, string

mark = "left-in-" + "cache"
sys.intern(mark)
re.compile(mark), fnmatch.fnmatch("x", mark), struct.Struct("5s"), typing.List[int]
linecache.cache[mark] = (0, None, [mark], mark)
csv.register_dialect(mark)
mimetypes.add_type("x/" + mark, "." + mark)
logging.getLogger(mark).setLevel(5)
logging.root.handlers.append(logging.StreamHandler())
encodings._cache[mark] = None
sys.path_importer_cache[mark] = None
sys.modules[mark] = sys
warnings.onceregistry[mark] = 1
warnings.filters.insert(0, ("ignore", None, Warning, None, 0)) if isinstance(warnings.filters, list) else None
locale.setlocale(locale.LC_ALL, "C")
setattr(builtins, "left_in_cache", mark)
functools.lru_cache(lambda x: x)(mark)
copyreg.add_extension("left", "cache", 77)
decimal.DefaultContext.prec = 5
json.encoder.ESCAPE_DCT["x"] = mark
string.ascii_letters = mark
contextvars.ContextVar(mark).set(mark)
importlib.invalidate_caches()
enum.Enum(mark.replace("-", "_"), "a")
send_output("INFO:left")
