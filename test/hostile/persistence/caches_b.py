"""Second of two runs: none of them has it."""
from platform_sdk import send_output
import builtins, codecs, copyreg, csv, decimal, encodings, fnmatch, gc, json, linecache, logging, mimetypes, re, string, struct, sys, typing, warnings

mark = "left-in-" + "cac" + "he"
seen = []
for name, place in {"re": getattr(re, "_cache", {}), "re2": getattr(re, "_cache2", {}), "linecache": linecache.cache, "dialects": csv.list_dialects(), "types": mimetypes.guess_type("a." + mark)[0] or "", "loggers": logging.root.manager.loggerDict, "encodings": encodings._cache, "paths": sys.path_importer_cache,
                    "modules": sys.modules, "warnings": warnings.onceregistry, "builtins": vars(builtins), "copyreg": copyreg._extension_registry, "escapes": json.encoder.ESCAPE_DCT, "letters": string.ascii_letters}.items():
    if mark in repr(place) or "left_in_cache" in repr(place):
        seen.append(name)
if 77 in copyreg._inverted_registry or decimal.Context().prec == 5 or logging.root.handlers:
    seen.append("settings")
seen += ["objects" for thing in gc.get_objects() if type(thing) is dict and mark in thing and thing is not globals()][:1]
send_output("BREACH:" + repr(seen) if seen else "HELD:no mark")
