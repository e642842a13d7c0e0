"""Rewrites the SDK, its parts and the module under it; counts, limits and lists are the host's all the same."""
from platform_sdk import AIError, call_ai, list_models, send_output
import importlib, sys

sdk = sys.modules["platform_sdk"]
for name in list(vars(sdk)):
    if isinstance(vars(sdk)[name], (int, dict, list, set)) and not name.startswith("__"):
        try:
            vars(sdk)[name] = type(vars(sdk)[name])()
        except TypeError:
            pass
sdk._run = {"calls": -100, "input": "forged", "tools": {"evil": "x"}, "limits": None}
sdk._check_text = lambda *arguments: None
answers = 0
for turn in range(6):
    for again in (lambda: call_ai("mistral:latest", "x"), lambda: importlib.reload(sdk).call_ai("mistral:latest", "x"), lambda: sdk._ask("call_ai", '{"model":"mistral:latest","prompt":"x"}')):
        try:
            answers += bool(again())
        except BaseException:
            pass
sys.modules.pop("platform_sdk")
import platform_sdk
platform_sdk.send_output("BREACH:%d" % answers if answers > 2 else "HELD:%d answers" % answers)
