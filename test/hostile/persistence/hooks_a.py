"""First of two runs: hooks and settings everywhere, some of which the interpreter has no way to remove."""
from platform_sdk import send_output
import atexit, builtins, codecs, collections.abc, copyreg, decimal, gc, json, random, re, sys, warnings

def spoil(*arguments, **options):
    raise RuntimeError("the hook of another run")

send_output("INFO:set")
codecs.register(lambda name: (spoil, spoil, spoil, spoil) if name == "left_by_run_a" else None)
codecs.register_error("left_by_run_a", spoil)
copyreg.pickle(complex, spoil)
collections.abc.Sized.register(int)
re.compile("left_by_run_a")
decimal.getcontext().prec = decimal.DefaultContext.prec = 3
warnings.simplefilter("error")
random.seed(42)
random.random()
json.JSONEncoder.default = spoil
builtins.__import__ = builtins.print = builtins.open = spoil
sys.path.insert(0, "/left_by_run_a")
sys.meta_path.clear()
sys.path_hooks.insert(0, spoil)
sys.setrecursionlimit(60)
sys.set_int_max_str_digits(0)
sys.excepthook = sys.displayhook = sys.unraisablehook = spoil
sys.stdin = sys.stdout = sys.__stdout__ = None
atexit.register(spoil)
gc.disable()
gc.freeze()
sys.settrace(spoil)
sys.addaudithook(spoil)
