"""Native code, by every door that other interpreters have: ctypes, cffi, extension modules, shared objects."""
from platform_sdk import send_output
import sys

hits = []
ways = {
    "ctypes": lambda: __import__("ctypes").CDLL(None).getpid(), "pythonapi": lambda: __import__("ctypes").pythonapi.PyRun_SimpleString(b"1"), "_ctypes": lambda: __import__("_ctypes").dlopen(None, 2),
    "address": lambda: __import__("_ctypes").call_function(0, ()), "string_at": lambda: __import__("ctypes").string_at(4096, 16), "cffi": lambda: __import__("cffi").FFI().dlopen(None), "_cffi_backend": lambda: __import__("_cffi_backend").load_library(None),
    "extension": lambda: __import__("importlib.machinery", fromlist=["x"]).ExtensionFileLoader("x", "/lib/x86_64-linux-gnu/libc.so.6").create_module(__import__("importlib.machinery", fromlist=["x"]).ModuleSpec("x", None, origin="/lib/x86_64-linux-gnu/libc.so.6")),
    "dynamic": lambda: __import__("_imp").create_dynamic(__import__("importlib.machinery", fromlist=["x"]).ModuleSpec("x", None, origin="/usr/lib/x.so")), "builtin": lambda: __import__("_imp").create_builtin(__import__("importlib.machinery", fromlist=["x"]).ModuleSpec("_ctypes", None)),
    "jit": lambda: __import__("llvmlite"), "numpy": lambda: __import__("numpy").ctypeslib.load_library("libc", "/lib"), "gdb": lambda: __import__("gdb"), "java": lambda: __import__("java.lang"), "clr": lambda: __import__("clr"),
    "msvcrt": lambda: __import__("msvcrt"), "winreg": lambda: __import__("winreg"), "wasm": lambda: __import__("wasmtime"), "greenlet": lambda: __import__("greenlet"), "exec memory": lambda: __import__("mmap").mmap(-1, 4096, prot=7),
}
for name, way in ways.items():
    try:
        hits.append((name, repr(way())[:50]))
    except BaseException:
        pass
hits = [hit for hit in hits if hit[0] not in ("builtin",) or "module" in hit[1]]
send_output("BREACH:" + repr(hits) if hits else "HELD:%d ways" % len(ways))
