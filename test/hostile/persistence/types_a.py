"""Built-in types changed from below: their own dictionaries, reached through the garbage collector."""
from platform_sdk import send_output
import gc

def names_of(cls):
    return gc.get_referents(cls.__dict__)[0]

changed = []
for cls in (int, str, list, dict, type, object, BaseException):
    names = names_of(cls)
    if isinstance(names, dict):
        names["left_by_run"] = "a"
        changed.append(cls.__name__)
names_of(str)["upper"] = lambda self: "poisoned"
send_output("INFO:changed " + " ".join(changed))
