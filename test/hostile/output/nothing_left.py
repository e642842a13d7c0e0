"""Nothing is left of builtins and modules when the plugin ends."""
from platform_sdk import send_output
import builtins, sys

send_output("INFO:main done")
everything = [vars(module) for module in sys.modules.values() if hasattr(module, "__dict__")]
mine = globals()
sys.modules.clear()
for names in everything:
    if names is not mine:
        names.clear()
mine.clear()
