"""Runs after that one: the types are as they were."""
from platform_sdk import send_output

seen = [cls.__name__ for cls in (int, str, list, dict, type, object, BaseException) if "left_by_run" in vars(cls)]
if "a".upper() != "A":
    seen.append("str.upper")
send_output("BREACH:" + repr(seen) if seen else "HELD:types are whole")
