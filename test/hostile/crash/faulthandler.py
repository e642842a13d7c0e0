"""The interpreter's own means of crashing itself."""
import faulthandler

for name in ("_sigsegv", "_read_null", "_sigfpe", "_sigabrt", "_fatal_error_c_thread", "_stack_overflow"):
    crash = getattr(faulthandler, name, None)
    if crash is not None:
        crash()
raise SystemExit("there was nothing that crashes")
