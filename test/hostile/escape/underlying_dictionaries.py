"""The dictionaries behind types and modules, through comparisons and unions that hand them out, and lies put in them."""
from platform_sdk import send_output
import gc, sys, types

got = []

class Catches:
    def __eq__(self, other):
        got.append(other)
        return True
    def __or__(self, other):
        got.append(other)
        return other
    __ror__ = __or__
    __hash__ = None

send_output("HELD:before")
for cls in (int, str, bytes, dict, type, object, types.FunctionType, types.CodeType, types.FrameType, BaseException, type(sys.modules["_forge"].call)):
    for compare in (lambda: cls.__dict__ == Catches(), lambda: cls.__dict__ | Catches(), lambda: Catches() | cls.__dict__):
        try:
            compare()
        except TypeError:
            pass
    got += [each for each in gc.get_referents(cls.__dict__) if isinstance(each, dict)]
for names in got:
    if isinstance(names, dict):
        for name in ("__del__", "__getattribute__", "__len__", "__hash__", "__call__", "encode", "to_bytes"):
            names[name] = lambda *arguments: 10**18
        names["left_by_types"] = 1
"text".encode()
sys.stdout.write("still here\n")
