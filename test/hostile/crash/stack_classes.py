"""Hierarchies of classes, metaclasses and descriptors so deep that asking for an attribute is a recursion in C."""
from platform_sdk import send_output

send_output("HELD:before")

def attempt(call):
    try:
        call()
    except (RecursionError, MemoryError, TypeError, AttributeError):
        pass

cls = object
classes = []
for _ in range(600):
    cls = type("C", (cls,), {})
    classes.append(cls)
for use in (lambda: cls().x, lambda: issubclass(object, cls), lambda: isinstance(0, cls), lambda: super(classes[5], cls()).x, lambda: setattr(classes[0], "__len__", lambda self: 1), lambda: repr(cls), lambda: classes[0].__subclasses__(), lambda: classes[0].mro()):
    attempt(use)
nested = (int,)
union = int | str
generic = list
for _ in range(20_000):
    nested = (nested,)
attempt(lambda: isinstance("x", nested))
attempt(lambda: issubclass(str, nested))
attempt(lambda: issubclass(str, type("D", (), {"__bases__": property(lambda self: (self,))})()))
for _ in range(1_000):
    generic = list[generic]
attempt(lambda: repr(generic))
attempt(lambda: generic[int])
attempt(lambda: hash(generic))
class Meta(type):
    def __call__(cls, *arguments):
        return type(cls)("x", (), {})()
    def __getattr__(cls, name):
        return getattr(type(cls)("y", (), {}), name)
attempt(lambda: Meta("z", (), {})())
attempt(lambda: Meta("z", (), {}).w)
class Bound:
    pass
Bound.__get__ = Bound()
Bound.x = Bound()
Bound.__call__ = Bound()
Bound.__getattribute__ = Bound.__getattr__ = Bound()
attempt(lambda: Bound().x)
attempt(lambda: Bound()())
