"""Takes away what the interpreter itself needs: its modules, codecs, importers, builtins, exceptions, its own main."""
from platform_sdk import send_output
import builtins, codecs, gc, sys

send_output("HELD:before")
frame = sys._getframe()
for name in ("encodings", "encodings.utf_8", "codecs", "io", "_io", "importlib._bootstrap", "_frozen_importlib", "_frozen_importlib_external", "traceback", "linecache", "warnings", "builtins", "sys", "__main__", "_forge", "_forge_run", "platform_sdk"):
    sys.modules[name] = None
codecs.lookup = codecs.encode = None
sys.modules = {}
sys.meta_path = sys.path = sys.path_hooks = sys.stdout = sys.stderr = sys.stdin = 5
for name in ("MemoryError", "RecursionError", "Exception", "BaseException", "SystemExit", "KeyboardInterrupt", "__build_class__", "__import__", "super", "type", "object"):
    setattr(builtins, name, None)
gc.set_threshold(1)
gc.set_debug(gc.DEBUG_LEAK)
frame.f_globals.clear()
[].nothing
